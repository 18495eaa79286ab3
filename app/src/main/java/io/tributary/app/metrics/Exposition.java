package io.tributary.app.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Samples in <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>, those of
 * one name together. What is called {@code _total} is said to be a counter, a part of a histogram is not said to be
 * anything, and the rest are gauges.
 */
final class Exposition {

    /** What the text is, for HTTP. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");

    private final SortedMap<String, List<String>> linesByName = new TreeMap<>();

    /** Adds a sample; name and labels' names have letters, digits and underscores alone. */
    void add(String name, Map<String, String> labels, double value) {
        linesByName
                .computeIfAbsent(name, first -> new ArrayList<>())
                .add(name + text(labels) + " " + text(value) + "\n");
    }

    private static String text(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        StringJoiner text = new StringJoiner(",", "{", "}");
        labels.forEach((label, value) -> text.add(label + "=\"" + escaped(value) + "\""));
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    /** All samples, by name. */
    String text() {
        StringBuilder text = new StringBuilder();
        linesByName.forEach((name, lines) -> {
            if (PARTS.stream().noneMatch(name::endsWith)) {
                text.append("# TYPE ").append(name).append(name.endsWith("_total") ? " counter\n" : " gauge\n");
            }
            lines.forEach(text::append);
        });
        return text.toString();
    }
}
