package io.tributary.core.spec;

import io.tributary.core.StatedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the {@code features} list: each item a field's name, or a mapping that says what becomes of the field. */
final class FeatureReader {

    /** What {@code missing} says for a value that stays missing. */
    static final String KEEP = "keep";

    private final Problems problems;
    private final UnaryOperator<Path> files;

    FeatureReader(Problems problems, UnaryOperator<Path> files) {
        this.problems = problems;
        this.files = files;
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
            rejectOtherKey(feature, features, Section.lineOf(item));
            features.add(feature);
        }
        if (!root.has("features") || root.isEmptyList("features")) {
            root.problem("features", "is empty or missing; list the fields that members read");
        }
        return new FeaturePlan(features);
    }

    /** An event is told to the histories of one key. */
    private void rejectOtherKey(FeatureSpec feature, List<FeatureSpec> before, int line) {
        FeatureSpec.Sequence first =
                new FeaturePlan(before).sequences().stream().findFirst().orElse(null);
        if (first == null || !(feature instanceof FeatureSpec.Sequence sequence)) {
            return;
        }
        String name = "features[" + before.size() + "].";
        if (!sequence.key().equals(first.key())) {
            problems.add(
                    line,
                    name + "key is " + Problems.shown(sequence.key()) + ", and that of " + first.name() + " is "
                            + Problems.shown(first.key()) + "; all sequences of a spec must have the same key");
        } else if (!Objects.equals(sequence.forget(), first.forget())) {
            problems.add(
                    line,
                    name + "forget differs from that of " + first.name()
                            + "; all sequences of a spec must have the same");
        }
    }

    private FeatureSpec feature(Node item, int index) {
        if (item instanceof ScalarNode scalar) {
            String field = scalar.getValue().strip();
            if (field.isEmpty()) {
                problems.add(Section.lineOf(item), "features[" + index + "] is blank, must name a field of the record");
            }
            return new FeatureSpec.Numeric(field, field, NumberSteps.NONE);
        }
        Section section = Section.of("features[" + index + "]", item, 1, problems);
        String field = section.required("field", "name the field of the record");
        FeatureSpec feature = prepared(section, section.text("name", field), field);
        boolean flagged = section.flag("missingFlag", false);
        section.rejectUnknownKeys();
        return flagged ? new FeatureSpec.Flagged(feature) : feature;
    }

    private FeatureSpec prepared(Section section, String name, String field) {
        NumberSteps scaling = NumberReader.scaling(section);
        List<String> categories = section.strings("oneHot");
        int buckets = section.integer("hash", 0, 2, 1 << 16);
        if (section.isEmptyList("oneHot")) {
            section.problem("oneHot", "is empty, must list the categories");
        }
        FeatureSpec.Tokens tokens = tokens(section, name, field);
        int last = last(section);
        rejectSeveralWays(section, field);
        if (!section.has("oneHot") && !section.has("hash") && tokens == null) {
            NumberSteps steps = NumberReader.withMissing(section, scaling);
            return last == 0
                    ? new FeatureSpec.Numeric(name, field, steps)
                    : sequence(section, name, field, last, steps);
        }
        for (String key : List.of("log", "last")) {
            if (section.has(key)) {
                section.problem(key, "goes with numbers only, and oneHot, hash and tokenizer read text; remove it");
            }
        }
        if (tokens != null) {
            return tokens;
        }
        String missing = missingText(section);
        return buckets > 0
                ? new FeatureSpec.Hashed(name, field, buckets, missing)
                : new FeatureSpec.OneHot(name, field, categories, missing);
    }

    private FeatureSpec.@Nullable Tokens tokens(Section section, String name, String field) {
        Path file = section.file("tokenizer", files);
        String sha256 = Checksum.read(section);
        int length = section.integer("length", 0, 1, 1 << 13);
        int pad = section.integer("pad", -1, 0, 1 << 24);
        if (file == null) {
            for (String key : List.of("length", "pad", "sha256")) {
                if (section.has(key) && !section.has("tokenizer")) {
                    section.problem(key, "goes with tokenizer only; remove it");
                }
            }
            return null;
        }
        if (!section.has("length")) {
            section.problem("tokenizer", "stands without length; give the number of tokens that members read");
        }
        if (section.has("missingFlag")) {
            section.problem("missingFlag", "does not go with tokenizer; remove it");
        }
        return new FeatureSpec.Tokens(
                name, field, new StatedFile(file, sha256), Math.max(1, length), pad, missingText(section));
    }

    /** How long a sequence is; 0 if it is none. */
    private static int last(Section section) {
        int last = section.integer("last", 0, 2, 1 << 12);
        for (String key : List.of("key", "forget")) {
            if (section.has(key) && !section.has("last")) {
                section.problem(key, "goes with last only; remove it");
            }
        }
        if (last > 0 && section.has("missingFlag")) {
            section.problem("missingFlag", "does not go with last; remove it");
        }
        return last;
    }

    private static FeatureSpec.Sequence sequence(
            Section section, String name, String field, int last, NumberSteps steps) {
        String key = section.required("key", "name the field whose events make up a sequence");
        Duration forget = section.optional("forget") == null ? null : section.duration("forget", Duration.ofDays(1));
        if (forget != null && forget.isZero()) {
            section.problem("forget", "is 0, must be longer, or no event would have one before it");
        }
        return new FeatureSpec.Sequence(name, field, key, last, forget, steps);
    }

    private static void rejectSeveralWays(Section section, String field) {
        int ways = 0;
        ways += section.has("mean") || section.has("scale") ? 1 : 0;
        ways += section.has("min") || section.has("max") ? 1 : 0;
        ways += section.has("oneHot") ? 1 : 0;
        ways += section.has("hash") ? 1 : 0;
        ways += section.has("tokenizer") ? 1 : 0;
        if (ways > 1) {
            section.problem(
                    "field",
                    "is " + Problems.shown(field) + " with more than one of mean and scale, min and max, oneHot, hash,"
                            + " and tokenizer; keep one");
        }
    }

    private static @Nullable String missingText(Section section) {
        String missing = section.text("missing", KEEP);
        return missing.equals(KEEP) ? null : missing;
    }
}
