package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** The columns of the feature of that name; empty if there is none. */
    List<String> columnsOf(String name) {
        return features.stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .map(FeatureSpec::columns)
                .orElse(List.of());
    }

    /** What a member may name to read: columns, and features that have several. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(columns());
        features.forEach(feature -> names.add(feature.name()));
        return names;
    }

    /** The sequences, which all have the same key. */
    public List<FeatureSpec.Sequence> sequences() {
        return features.stream()
                .filter(FeatureSpec.Sequence.class::isInstance)
                .map(FeatureSpec.Sequence.class::cast)
                .toList();
    }

    /** The field that says whose events make up a sequence; null where there are no sequences. */
    public @Nullable String sequenceKey() {
        List<FeatureSpec.Sequence> sequences = sequences();
        return sequences.isEmpty() ? null : sequences.get(0).key();
    }

    /** How many columns there are. */
    public int width() {
        return features.stream().mapToInt(FeatureSpec::width).sum();
    }
}
