package io.tributary.core.spec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One mapping of the YAML document: its keys, where they stand, which of them somebody has asked for, and what is wrong. */
class Mapping {

    final Problems problems;

    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> keyLines = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean broken;

    /**
     * The mapping that a node holds. If it is none, that is reported and the mapping is empty and silent: what it lacks
     * then is no problem of its own.
     *
     * @param node null if there is none
     * @param broken whether something around it is no mapping, which has been reported
     */
    Mapping(String path, @Nullable Node node, int parentLine, Problems problems, boolean broken) {
        this.path = path;
        this.line = node == null ? parentLine : lineOf(node);
        this.problems = problems;
        boolean isOther = node != null && !(node instanceof MappingNode) && !isNull(node);
        this.broken = broken || isOther;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                put(tuple);
            }
        } else if (isOther) {
            problems.add(line, (path.isEmpty() ? "the spec" : path) + " must be a mapping of keys to values");
        }
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

    /** What stands behind a key, {@code null} included; null without the key. */
    @Nullable
    Node node(String key) {
        return values.get(key);
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

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static boolean isNull(Node node) {
        // The reader follows JSON, in which a tilde is a word; people write it for nothing.
        boolean tilde = node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("~");
        return tilde || Tag.NULL.equals(node.getTag());
    }
}
