package io.tributary.app.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;

/**
 * Commands that belong together in the help, in the order in which somebody needs them.
 *
 * @param title what they are for
 * @param commands their names
 */
record CommandGroup(String title, List<String> commands) {

    /** Every command is in one of them. */
    static final List<CommandGroup> ALL = List.of(
            new CommandGroup("Try it", List.of("demo", "generate")),
            new CommandGroup(
                    "Your own ensemble",
                    List.of(
                            "validate",
                            "fit",
                            "topics",
                            "run",
                            "replay",
                            "status",
                            "weights",
                            "explain",
                            "dashboard",
                            "publish",
                            "promote")),
            new CommandGroup("On a cluster", List.of("cluster", "submit", "stop")),
            new CommandGroup("Measure", List.of("backtest", "bench")),
            new CommandGroup("Help", List.of("help", "completion")));

    /** The list of commands as the help shows it. */
    static String list(Help help) {
        StringBuilder text = new StringBuilder();
        for (CommandGroup group : ALL) {
            text.append(String.format("%n%s:%n", group.title));
            group.commands.forEach(name -> text.append(line(name, help.subcommands())));
        }
        return text.toString();
    }

    private static String line(String name, Map<String, Help> commands) {
        Help command = commands.get(name);
        if (command == null) {
            return "";
        }
        return String.format(
                "  %-11s %s%n",
                name, String.join(" ", command.commandSpec().usageMessage().header()));
    }
}
