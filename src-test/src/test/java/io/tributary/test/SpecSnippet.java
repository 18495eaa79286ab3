package io.tributary.test;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** YAML on a page: a whole spec, which begins with {@code ensemble}, or parts of one, which take the place of a small spec's. */
final class SpecSnippet {

    private static final String SMALL = """
            ensemble: small
            events: {topic: events, id: id, time: time}
            features: [tx_amount]
            members:
              rules: {rules: [{when: tx_amount > 220.0, score: 0.9}]}
            """;

    private SpecSnippet() {}

    /**
     * Reads it. Files that it names are looked for when the page's commands run.
     *
     * @throws io.tributary.core.spec.SpecException with all that is wrong
     */
    static EnsembleSpec parse(String yaml, Path page) {
        String whole = yaml.startsWith("ensemble:") ? yaml : merged(yaml);
        return SpecParser.parse(whole.replaceAll("(?m)^ +schema: .*\\n|\\bschema: [^,}\\n]+, ", ""), page);
    }

    private static String merged(String yaml) {
        Map<String, String> parts = parts(SMALL);
        parts.putAll(parts(yaml));
        return String.join("", parts.values());
    }

    /** The text of each key at the top. */
    private static Map<String, String> parts(String yaml) {
        Map<String, String> parts = new LinkedHashMap<>();
        String key = "";
        for (String line : yaml.lines().toList()) {
            key = line.matches("[A-Za-z]+:.*") ? line.substring(0, line.indexOf(':')) : key;
            parts.merge(key, line + "\n", String::concat);
        }
        return parts;
    }
}
