package io.tributary.test;

import io.tributary.app.command.Tributary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/** Whether the command understands what a page says to type. */
final class TypedCommands {

    /** A module of its own, with tests of its own. */
    private static final String BENCH = "bench";

    /** Stand for numbers on pages. */
    private static final Set<String> NUMBERS = Set.of("N", "S", "P", "PORT");

    private TypedCommands() {}

    /**
     * Has a whole command taken apart.
     *
     * @throws CommandLine.ParameterException if it is not understood
     */
    static void parse(String command) {
        List<String> words = words(command.replaceFirst("^(\\./)?tributary ", ""));
        if (!words.get(0).equals(BENCH)) {
            root().parseArgs(words.toArray(String[]::new));
        }
    }

    /** Options that the command named in a span does not have; empty for a span that names none. */
    static List<String> unknownOptions(String span) {
        boolean isWhole = span.matches("(\\./)?tributary .+");
        List<String> words = words(span.replaceFirst("^(\\./)?tributary ", ""));
        CommandLine command = root();
        if (words.isEmpty() || words.get(0).equals(BENCH)) {
            return List.of();
        }
        if (!command.getSubcommands().containsKey(words.get(0))) {
            return isWhole && !words.get(0).startsWith("-") ? List.of(words.get(0)) : List.of();
        }
        for (String word : words) {
            command = command.getSubcommands().getOrDefault(word, command);
        }
        List<String> unknown = new ArrayList<>();
        for (String word : words) {
            String option = word.replaceFirst("=.*", "");
            if (option.startsWith("--") && command.getCommandSpec().findOption(option) == null) {
                unknown.add(option);
            }
        }
        return unknown;
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+")).stream()
                .map(word -> word.equals("…") ? "X" : word.replace("…", ""))
                .map(word -> NUMBERS.contains(word) ? "1" : word)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static CommandLine root() {
        return new CommandLine(Tributary.class).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The options of a line, each with its value. */
    static Map<String, String> options(String line) {
        Map<String, String> options = new LinkedHashMap<>();
        String[] words = line.strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        return options;
    }
}
