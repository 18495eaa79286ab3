package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the {@code features} list: each item a field's name, or a mapping that says what becomes of the field. */
final class FeatureReader {

    private final Problems problems;

    FeatureReader(Problems problems) {
        this.problems = problems;
    }

    FeaturePlan read(Section root) {
        List<FeatureSpec> features = new ArrayList<>();
        Set<String> columns = new HashSet<>();
        for (Node item : root.items("features")) {
            FeatureSpec feature = feature(item, features.size());
            for (String column : feature.columns()) {
                if (!columns.add(column) && !feature.field().isEmpty()) {
                    problems.add(
                            Section.lineOf(item),
                            "features has the column " + column + " twice; give one of them another name");
                }
            }
            features.add(feature);
        }
        if (!root.has("features") || root.isEmptyList("features")) {
            root.problem("features", "is empty or missing; list the fields that members read");
        }
        return new FeaturePlan(features);
    }

    private FeatureSpec feature(Node item, int index) {
        if (item instanceof ScalarNode scalar) {
            String field = scalar.getValue().strip();
            if (field.isEmpty()) {
                problems.add(Section.lineOf(item), "features[" + index + "] is blank, must name a field of the record");
            }
            return new FeatureSpec.Numeric(field, field, 0, 1);
        }
        Section section = Section.of("features[" + index + "]", item, 1, problems);
        String field = section.required("field", "name the field of the record");
        String name = section.text("name", field);
        double mean = section.number("mean", 0, Double::isFinite, "a finite number");
        double scale = section.number("scale", 1, v -> v > 0 && Double.isFinite(v), "above 0");
        List<String> categories = section.strings("oneHot");
        int buckets = section.integer("hash", 0, 2, 1 << 16);
        if (section.isEmptyList("oneHot")) {
            section.problem("oneHot", "is empty, must list the categories");
        }
        boolean standardised = section.has("mean") || section.has("scale");
        int ways = (standardised ? 1 : 0) + (section.has("oneHot") ? 1 : 0) + (section.has("hash") ? 1 : 0);
        if (ways > 1) {
            section.problem(
                    "field",
                    "is " + Problems.shown(field)
                            + " with more than one of mean and scale, oneHot, and hash; keep one");
        }
        section.rejectUnknownKeys();
        if (!categories.isEmpty()) {
            return new FeatureSpec.OneHot(name, field, categories);
        }
        return buckets > 0
                ? new FeatureSpec.Hashed(name, field, buckets)
                : new FeatureSpec.Numeric(name, field, mean, scale);
    }
}
