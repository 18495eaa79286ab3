package io.tributary.core.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the YAML document. Each getter notes the key as known and reports a value that breaks its rule;
 * {@link #rejectUnknownKeys} then reports the keys that nobody asked for.
 */
final class Section {

    private final String path;
    private final int line;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> keyLines = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean broken;

    private Section(String path, int line, Problems problems, boolean broken) {
        this.path = path;
        this.line = line;
        this.problems = problems;
        this.broken = broken;
    }

    /**
     * The section that a node holds. If it is no mapping, that is reported and the section is empty and silent: what it
     * lacks then is no problem of its own.
     */
    static Section of(String path, @Nullable Node node, int parentLine, Problems problems) {
        boolean broken = node != null && !(node instanceof MappingNode) && !isNull(node);
        Section section = new Section(path, node == null ? parentLine : lineOf(node), problems, broken);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                section.put(tuple);
            }
        } else if (broken) {
            problems.add(section.line, (path.isEmpty() ? "the spec" : path) + " must be a mapping of keys to values");
        }
        return section;
    }

    private void put(NodeTuple tuple) {
        int keyLine = lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(keyLine, (path.isEmpty() ? "the spec" : path) + " has a key that is not a word");
            return;
        }
        if (values.put(key.getValue(), tuple.getValueNode()) != null) {
            problems.add(keyLine, name(key.getValue()) + " is given twice, must be given once");
        }
        keyLines.put(key.getValue(), keyLine);
    }

    int line() {
        return line;
    }

    int line(String key) {
        return keyLines.getOrDefault(key, line);
    }

    Collection<String> keys() {
        return values.keySet();
    }

    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String message) {
        if (!broken) {
            problems.add(line(key), name(key) + " " + message);
        }
    }

    /** Reports a value that breaks its rule. */
    void badValue(String key, String value, String rule) {
        problem(key, "is " + Problems.shown(value) + ", " + rule);
    }

    /** Whether what stands here is no mapping, which has been reported. */
    boolean isBroken() {
        return broken;
    }

    boolean has(String key) {
        known.add(key);
        Node node = values.get(key);
        return node != null && !isNull(node);
    }

    /** Reports every key that no getter has asked for, each with the nearest that one has. */
    void rejectUnknownKeys() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                problem(key, "is not a key of the spec" + Spelling.hint(key, known));
            }
        }
    }

    Section section(String key) {
        return broken
                ? new Section(name(key), line, problems, true)
                : Section.of(name(key), has(key) ? values.get(key) : null, line(key), problems);
    }

    /** The value of a key; null if it is absent or {@code null}. A key with nothing after it is a slip, and reported. */
    @Nullable
    String optional(String key) {
        reportIfBare(key);
        return scalar(key);
    }

    private void reportIfBare(String key) {
        if (values.get(key) instanceof ScalarNode scalar
                && isNull(scalar)
                && scalar.getValue().isEmpty()) {
            problem(key, "has no value; give it one or remove the key");
        }
    }

    private @Nullable String scalar(String key) {
        if (!has(key)) {
            return null;
        }
        if (values.get(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(key, "must be a single value, not a list or mapping");
        return null;
    }

    String text(String key, String fallback) {
        String value = optional(key);
        return value == null ? fallback : value;
    }

    String required(String key, String why) {
        String value = scalar(key);
        if (value == null || value.isBlank()) {
            if (!(values.get(key) instanceof MappingNode) && !(values.get(key) instanceof SequenceNode)) {
                problem(key, "is missing; " + why);
            }
            return "";
        }
        return value;
    }

    String choice(String key, String fallback, Collection<String> allowed) {
        String value = text(key, fallback);
        if (!allowed.contains(value)) {
            badValue(key, value, "must be one of " + String.join(", ", allowed) + Spelling.question(value, allowed));
            return fallback;
        }
        return value;
    }

    int integer(String key, int fallback, int min, int max) {
        String value = optional(key);
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
        badValue(key, value, "must be a whole number from " + min + " to " + max);
        return fallback;
    }

    double number(String key, double fallback, DoublePredicate rule, String ruleInWords) {
        String value = optional(key);
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
        return choice(key, Boolean.toString(fallback), List.of("true", "false")).equals("true");
    }

    Duration duration(String key, Duration fallback) {
        String value = optional(key);
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

    /** The file that a key names, found from the path as it is written; null without one. */
    @Nullable
    Path file(String key, UnaryOperator<Path> files) {
        String value = optional(key);
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
        Section section = section(key);
        Map<String, String> map = new LinkedHashMap<>();
        for (String each : section.keys()) {
            map.put(each, section.text(each, ""));
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
        if (!has(key)) {
            return List.of();
        }
        if (values.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(key, "must be a list");
        return List.of();
    }

    /** Whether a list stands there and holds nothing. */
    boolean isEmptyList(String key) {
        return values.get(key) instanceof SequenceNode sequence
                && sequence.getValue().isEmpty();
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static boolean isNull(Node node) {
        // The reader follows JSON, in which a tilde is a word; people write it for nothing.
        boolean tilde = node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("~");
        return tilde || Tag.NULL.equals(node.getTag());
    }
}
