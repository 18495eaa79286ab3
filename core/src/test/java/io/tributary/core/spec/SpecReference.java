package io.tributary.core.spec;

import io.tributary.core.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reference of the spec: what the readers ask for while they read a spec that has something for each of them, once for
 * each task, and beside it the sentences of {@code keys.txt}.
 */
final class SpecReference {

    private static final String TITLE = """
            # Everything that a spec may say

            This page is made from the code that reads specs; [its test](../core/src/test/java/io/tributary/core/spec/SpecReferenceTest.java)
            says how. `tributary validate SPEC` checks one against all of it. Durations are written as `5ms`, `2s`, `10m`, `3h`
            or `45d`, sizes as `512k`, `64m` or `2g`. Files are named relative to the spec's folder.
            """;

    private static final Pattern SECTION = Pattern.compile("\\[(.*)] (.*)");

    private final Map<String, SpecKey> keys = new LinkedHashMap<>();
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, String[]> described = new LinkedHashMap<>();

    SpecReference() {
        for (Task task : Task.values()) {
            SpecParser.tellKeys(specimen(task), Path.of("every-key.yaml"), this::take);
        }
        for (String line : resource("keys.txt").split("\n")) {
            Matcher section = SECTION.matcher(line);
            if (section.matches()) {
                sections.put(section.group(1), section.group(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" \\| ");
                described.put(parts[0], parts);
            }
        }
    }

    static String specimen(Task task) {
        return resource("every-key.yaml").replace("TASK", task.label());
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SpecReference.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names that a user chooses are the same key, and so is every item of a list. */
    static String general(String path) {
        return path.replaceAll("\\[\\d+]", "[]")
                .replaceFirst("^members\\.[^.]+\\.", "members.MEMBER.")
                .replaceFirst("^slots\\.[^.]+\\.", "slots.GROUP.");
    }

    /** What is asked first says what holds without the key; what is asked later may know its kind better. */
    private void take(SpecKey asked) {
        keys.merge(general(asked.path()), asked, (first, next) -> {
            Set<String> choices = new LinkedHashSet<>(first.choices());
            choices.addAll(next.choices());
            String value = first.value().equals(SpecKey.TEXT) ? next.value() : first.value();
            return new SpecKey(first.path(), value, List.copyOf(choices), first.fallback(), first.required());
        });
    }

    /** All keys, in the order in which they are asked for. */
    Set<String> keys() {
        return keys.keySet();
    }

    /** The keys of which keys.txt says something. */
    Set<String> described() {
        return described.keySet();
    }

    String page() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        sections.keySet().forEach(section -> rows.put(section, new ArrayList<>()));
        keys.forEach((path, key) -> {
            String section = path.substring(0, Math.max(0, path.lastIndexOf('.')));
            rows.computeIfAbsent(section, name -> new ArrayList<>()).add(row(path, key));
        });
        StringBuilder page = new StringBuilder(TITLE);
        rows.forEach((section, of) -> {
            page.append(section.isEmpty() ? "\n" : "\n## " + section + "\n\n");
            page.append(sections.getOrDefault(section, "")).append("\n\n");
            page.append("| key | value | without it | says |\n| --- | --- | --- | --- |\n");
            of.forEach(page::append);
        });
        return page.toString();
    }

    private String row(String path, SpecKey key) {
        String[] words = described.getOrDefault(path, new String[] {path, ""});
        String without = words.length > 2
                ? words[2]
                : key.required() ? "must be given" : key.fallback() == null ? "–" : "`" + shown(key.fallback()) + "`";
        String name = path.substring(path.lastIndexOf('.') + 1);
        return "| `" + name + "` | " + value(key) + " | " + without + " | " + words[1] + " |\n";
    }

    private static String value(SpecKey key) {
        return key.choices().isEmpty()
                ? key.value()
                : key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
    }

    /** Numbers as people write them. */
    private static String shown(String fallback) {
        boolean isNumber = fallback.matches("-?[0-9.]+(E-?[0-9]+)?");
        return isNumber ? fallback.replaceFirst("\\.0(?=$|E)", "").replace("E", "e") : fallback;
    }
}
