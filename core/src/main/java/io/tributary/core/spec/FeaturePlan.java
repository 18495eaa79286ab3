package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * How the fields of a record become the columns that members read: one {@code float[]} an event, planned once.
 *
 * @param features in the order of the spec
 */
public record FeaturePlan(List<FeatureSpec> features) {

    /** Takes its own copy. */
    public FeaturePlan {
        features = List.copyOf(features);
    }

    /** The columns' names, in order. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (FeatureSpec feature : features) {
            columns.addAll(feature.columns());
        }
        return columns;
    }

    /** How many columns there are. */
    public int width() {
        return features.stream().mapToInt(FeatureSpec::width).sum();
    }
}
