package io.tributary.core.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping whose values are read by what they must be. Each getter notes the key as known, tells what its value must be,
 * and reports one that breaks its rule; {@link #rejectUnknownKeys} then reports the keys that nobody asked for.
 */
final class Section extends Mapping {

    private static final List<String> FLAGS = List.of("true", "false");

    private Section(String path, @Nullable Node node, int parentLine, Problems problems, boolean broken) {
        super(path, node, parentLine, problems, broken);
    }

    /** The section that a node holds; what is none is reported. */
    static Section of(String path, @Nullable Node node, int parentLine, Problems problems) {
        return new Section(path, node, parentLine, problems, false);
    }

    Section section(String key) {
        Node node = !isBroken() && has(key) ? node(key) : null;
        return new Section(name(key), node, line(key), problems, isBroken());
    }

    private void tell(String key, String value, @Nullable Object fallback) {
        problems.asked(new SpecKey(name(key), value, List.of(), fallback == null ? null : fallback.toString(), false));
    }

    /** The value of a key; null if it is absent or {@code null}. A key with nothing after it is a slip, and reported. */
    @Nullable
    String optional(String key) {
        tell(key, SpecKey.TEXT, null);
        return value(key);
    }

    private @Nullable String value(String key) {
        reportIfBare(key);
        return scalar(key);
    }

    private void reportIfBare(String key) {
        if (node(key) instanceof ScalarNode scalar
                && isNull(scalar)
                && scalar.getValue().isEmpty()) {
            problem(key, "has no value; give it one or remove the key");
        }
    }

    private @Nullable String scalar(String key) {
        if (!has(key)) {
            return null;
        }
        if (node(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(key, "must be a single value, not a list or mapping");
        return null;
    }

    String text(String key, String fallback) {
        tell(key, SpecKey.TEXT, fallback);
        String value = value(key);
        return value == null ? fallback : value;
    }

    String required(String key, String why) {
        problems.asked(new SpecKey(name(key), SpecKey.TEXT, List.of(), null, true));
        String value = scalar(key);
        if (value == null || value.isBlank()) {
            if (!(node(key) instanceof MappingNode) && !(node(key) instanceof SequenceNode)) {
                problem(key, "is missing; " + why);
            }
            return "";
        }
        return value;
    }

    String choice(String key, String fallback, Collection<String> allowed) {
        problems.asked(new SpecKey(name(key), "one of", List.copyOf(allowed), fallback, false));
        String given = value(key);
        String value = given == null ? fallback : given;
        if (!allowed.contains(value)) {
            badValue(key, value, "must be one of " + String.join(", ", allowed) + Spelling.question(value, allowed));
            return fallback;
        }
        return value;
    }

    int integer(String key, int fallback, int min, int max) {
        String rule = "a whole number from " + min + " to " + max;
        // Where nothing is given readers take a number that nobody could give.
        tell(key, rule, fallback >= min && fallback <= max ? fallback : null);
        String value = value(key);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers out of range.
        }
        badValue(key, value, "must be " + rule);
        return fallback;
    }

    double number(String key, double fallback, DoublePredicate rule, String ruleInWords) {
        tell(
                key,
                ruleInWords.contains("number") ? ruleInWords : "a number " + ruleInWords,
                rule.test(fallback) ? fallback : null);
        String value = value(key);
        if (value == null) {
            return fallback;
        }
        try {
            double number = Double.parseDouble(value);
            if (rule.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers that break the rule.
        }
        badValue(key, value, "must be " + ruleInWords);
        return fallback;
    }

    boolean flag(String key, boolean fallback) {
        return choice(key, Boolean.toString(fallback), FLAGS).equals("true");
    }

    Duration duration(String key, Duration fallback) {
        tell(key, "a duration", Durations.text(fallback));
        String value = value(key);
        if (value == null) {
            return fallback;
        }
        Duration duration = Durations.parse(value);
        if (duration == null) {
            badValue(key, value, "must be a duration such as 5ms, 2s, 10m, 3h or 45d");
            return fallback;
        }
        return duration;
    }

    /** A size in bytes. */
    long size(String key, long fallback) {
        tell(key, "a size", Sizes.text(fallback));
        String value = value(key);
        if (value == null) {
            return fallback;
        }
        Long bytes = Sizes.parse(value);
        if (bytes == null) {
            badValue(key, value, "must be a size such as 64m or 2g");
            return 0;
        }
        return bytes;
    }

    /** The file that a key names, found from the path as it is written; null without one. */
    @Nullable
    Path file(String key, UnaryOperator<Path> files) {
        tell(key, "a file", null);
        String value = value(key);
        if (value == null) {
            return null;
        }
        try {
            if (!value.isBlank()) {
                return files.apply(Path.of(value));
            }
        } catch (InvalidPathException e) {
            // Reported below, together with blank names.
        }
        badValue(key, value, "must be the path of a file");
        return null;
    }

    Map<String, String> stringMap(String key) {
        tell(key, "a mapping of texts", null);
        Section section = section(key);
        Map<String, String> map = new LinkedHashMap<>();
        for (String each : section.keys()) {
            String value = section.value(each);
            map.put(each, value == null ? "" : value);
        }
        return map;
    }

    List<String> strings(String key) {
        reportIfBare(key);
        List<String> list = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                list.add(scalar.getValue());
            } else {
                problems.add(lineOf(item), name(key) + " must be a list of words, not of lists or mappings");
            }
        }
        return list;
    }

    List<Node> items(String key) {
        tell(key, "a list", null);
        if (!has(key)) {
            return List.of();
        }
        if (node(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(key, "must be a list");
        return List.of();
    }

    /** Whether a list stands there and holds nothing. */
    boolean isEmptyList(String key) {
        return node(key) instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }
}
