package io.tributary.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Prometheus and Grafana are given in {@code deploy}, and the page about it. */
@SuppressWarnings("unchecked")
final class Monitoring {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tributary_\\w+)` \\|");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+),");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern NOT_NAMES =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\s*\\(|[\\w:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    private Monitoring() {}

    /** The names of the metrics in an expression of Prometheus. */
    static Set<String> names(String expression) {
        String bare = STRING.matcher(expression).replaceAll("");
        Matcher name = NAME.matcher(NOT_NAMES.matcher(bare).replaceAll(" "));
        Set<String> names = new TreeSet<>();
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }

    /** Those that the dashboard shows. */
    static Set<String> inTheDashboard() throws IOException {
        Set<String> names = new TreeSet<>();
        JsonNode dashboard = dashboard();
        dashboard.findValuesAsText("expr").forEach(expression -> names.addAll(names(expression)));
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            Matcher label = LABEL_VALUES.matcher(variable.path("definition").asText());
            if (label.find()) {
                names.add(label.group(1));
            }
        }
        return names;
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(file("grafana/tributary.json").toFile());
    }

    /** The alert rules, each as a map of its keys. */
    static List<Map<String, Object>> alerts() throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Object group : (List<?>) yaml("prometheus/alerts.yml").get("groups")) {
            for (Object rule : (List<?>) ((Map<String, Object>) group).get("rules")) {
                rules.add((Map<String, Object>) rule);
            }
        }
        return rules;
    }

    /** What Prometheus calls the metrics of a job's targets, by a configuration of it. */
    static UnaryOperator<String> renaming(String file, String job) throws IOException {
        UnaryOperator<String> renaming = name -> name;
        for (Object each : (List<?>) yaml(file).get("scrape_configs")) {
            Map<String, Object> config = (Map<String, Object>) each;
            if (config.get("job_name").equals(job) && config.containsKey("metric_relabel_configs")) {
                for (Object rule : (List<?>) config.get("metric_relabel_configs")) {
                    UnaryOperator<String> before = renaming;
                    UnaryOperator<String> next = renaming((Map<String, Object>) rule);
                    renaming = name -> next.apply(before.apply(name));
                }
            }
        }
        return renaming;
    }

    private static UnaryOperator<String> renaming(Map<String, Object> rule) {
        if (!rule.get("source_labels").equals(List.of("__name__"))
                || !rule.get("target_label").equals("__name__")) {
            throw new AssertionError("not known how to apply " + rule);
        }
        Pattern whole = Pattern.compile("^(?:" + rule.get("regex") + ")$");
        return name -> whole.matcher(name).replaceAll((String) rule.get("replacement"));
    }

    /** Those that the page explains. */
    static Set<String> onThePage() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Stack.home().resolve("docs/metrics.md")));
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    static Map<String, Object> yaml(String file) throws IOException {
        return (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file(file)));
    }

    static Path file(String name) {
        return Stack.home().resolve("deploy").resolve(name);
    }
}
