package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what a page says, in the page's order and in a folder that looks like the product's: saves the blocks that are to be
 * saved and types the commands. One that runs until Ctrl-C is left running until the page is done; where it is reached
 * takes the place of the addresses on the page, for a test cannot have the usual ports to itself.
 */
final class PageRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UNTIL = "until Ctrl-C";
    private static final Pattern STACK = Pattern.compile("topics and schemas ready at (\\S+) and (\\S+)");
    private static final Pattern QUERIES = Pattern.compile("explain at (http://\\S+)");

    private final Path folder;
    private final @Nullable String python;
    private final Deque<Command> running = new ArrayDeque<>();
    private String bootstrap = "localhost:9092";
    private String registry = "http://localhost:8081";
    private @Nullable String queries;

    /**
     * Makes the folder.
     *
     * @param python what {@code python3} on the page stands for; null if there is none
     */
    PageRun(String name, @Nullable String python) throws IOException {
        this.python = python;
        this.folder = Files.createDirectories(
                Stack.shared().work().folder("pages").resolve(name).toAbsolutePath());
        Path home = Stack.home();
        for (String linked : List.of("tributary", "docs")) {
            Files.createSymbolicLink(folder.resolve(linked), home.resolve(linked));
        }
        copy(home.resolve("examples"), folder.resolve("examples"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    void take(MarkdownPage.Block block) throws Exception {
        String saved = block.notes().get("file");
        if (saved != null) {
            Path file = folder.resolve(saved);
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.text());
        }
        if (block.isCommands() && !block.notes().containsKey("parsed only")) {
            String with = block.notes().getOrDefault("test with", "");
            for (String command : block.commands()) {
                type(with(command, TypedCommands.options(with)));
                with = "";
            }
        }
    }

    /** Other values of its options, or further ones. */
    private static String with(String command, Map<String, String> options) {
        String line = command;
        for (Map.Entry<String, String> option : options.entrySet()) {
            String given = option.getKey() + " " + option.getValue();
            Matcher there = Pattern.compile(option.getKey() + " \\S+").matcher(line);
            line = there.find() ? there.replaceFirst(given) : line + " " + given;
        }
        return line;
    }

    private void type(String command) throws Exception {
        String line = reached(command);
        boolean staysUp = command.startsWith("./tributary run ");
        if (staysUp) {
            line += " --query-port 0";
        } else if (command.startsWith("./tributary explain ")) {
            line += " --learning " + queries;
        } else if (command.startsWith("python3 ")) {
            line = python + command.substring("python3".length());
        }
        Command typed = Command.typed(line, folder);
        if (staysUp) {
            running.push(typed);
            typed.awaitOutput(UNTIL, LIMIT);
            isReachedAsSaid(typed.output());
        } else {
            assertThat(typed.await(LIMIT)).as(line + "\n" + typed.output()).isZero();
        }
    }

    private String reached(String text) {
        return text.replace("localhost:9092", bootstrap).replaceAll("http://localhost:8081[^\\s,}]*", registry);
    }

    /** The page says to put the addresses that the command has printed into the specs. */
    private void isReachedAsSaid(String output) throws IOException {
        Matcher stack = STACK.matcher(output);
        Matcher asked = QUERIES.matcher(output);
        assertThat(stack.find() && asked.find()).as(output).isTrue();
        bootstrap = stack.group(1);
        registry = stack.group(2);
        queries = asked.group(1);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path spec :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                Files.writeString(spec, reached(Files.readString(spec)));
            }
        }
    }

    /** Ends what still runs, as the reader would. */
    @Override
    public void close() throws Exception {
        for (Command command : running) {
            command.interrupt();
            assertThat(command.await(SOON)).as(command.output()).isEqualTo(130);
            assertThat(command.output()).doesNotContain("Exception", "\tat ");
        }
    }
}
