package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.app.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** What the help teaches is right: its groups, its examples, its exit codes. */
class HelpTest {

    private static final Path HOME = Path.of(System.getProperty("tributary.home"));

    /** Up to two blanks, behind which a word of explanation may stand. */
    private static final Pattern EXAMPLE = Pattern.compile("\\btributary((?: [^ )]+)+)");

    private static Stream<CommandLine> commands() {
        return leaves(Tributary.command()).filter(each -> !(each.getCommand() instanceof HelpCommand));
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(HelpTest::leaves);
    }

    @Test
    void help_groupsEveryCommandOnce() {
        List<String> grouped = CommandGroup.ALL.stream()
                .flatMap(each -> each.commands().stream())
                .toList();

        assertThat(grouped)
                .containsExactlyInAnyOrderElementsOf(
                        Tributary.command().getSubcommands().keySet());
        assertThat(help())
                .contains("First steps:", "Try it:", "Your own ensemble:", "On a cluster:", "Measure:", "Help:")
                .contains("\n  demo        Show the whole of it on this machine.")
                .contains("README.md")
                .doesNotContain("Commands:");
    }

    @Test
    void help_fitsATerminal() {
        assertThat(help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examples_ofEachCommand_areUnderstoodByIt(CommandLine command) {
        List<String> examples = examples(command);

        assertThat(command.getCommandSpec().usageMessage().header()).hasSize(1);
        assertThat(examples).as(command.getCommandSpec().qualifiedName()).isNotEmpty();
        for (String example : examples) {
            String[] words = example.split(" ");
            assertThat(example)
                    .startsWith(command.getCommandSpec().qualifiedName().substring("tributary ".length()));
            assertThatCode(() -> Tributary.command().parseArgs(words))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> examples(CommandLine command) {
        String footer = String.join(
                        "\n", command.getCommandSpec().usageMessage().footer())
                .replaceAll("\\\\\n +", "");
        List<String> examples = new ArrayList<>();
        for (Matcher matcher = EXAMPLE.matcher(footer); matcher.find(); ) {
            examples.add(matcher.group(1).strip());
        }
        return examples;
    }

    @Test
    void exitCodes_inHelpAndReadme_areThoseOfTheCode() throws Exception {
        assertThat(ExitCode.table().keySet()).containsExactly("0", "1", "2", "130");
        ExitCode.table()
                .forEach((code, meaning) ->
                        assertThat(help()).containsPattern("(?m)^ +" + code + " +" + Pattern.quote(meaning) + "$"));
        Map<String, String> readme = new LinkedHashMap<>();
        Matcher rows = Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]+) \\|$")
                .matcher(Files.readString(HOME.resolve("README.md")));
        while (rows.find()) {
            readme.put(rows.group(1), rows.group(2));
        }
        assertThat(readme).isEqualTo(ExitCode.table());
    }

    @Test
    void exitCodes_ofWrongUsageAndFailures_areThoseOfTheTable() {
        assertThat(run("run")).isEqualTo(ExitCode.WRONG.code());
        assertThat(run("demo", "--events", "many")).isEqualTo(ExitCode.WRONG.code());
        assertThat(run("validate", "there-is-no.yaml")).isEqualTo(ExitCode.WRONG.code());
        assertThat(run("demo", "elsewhere")).isEqualTo(ExitCode.WRONG.code());
        assertThat(run("bench")).isEqualTo(ExitCode.FAILED.code());
        assertThat(run("--help")).isEqualTo(ExitCode.DONE.code());
    }

    @Test
    void readme_namesEveryCommand() throws Exception {
        String readme = Files.readString(HOME.resolve("README.md"));

        assertThat(CommandGroup.ALL.stream().flatMap(each -> each.commands().stream()))
                .filteredOn(each -> !each.equals("help"))
                .allSatisfy(each -> assertThat(readme).contains("./tributary " + each));
    }

    private static String help() {
        return Tributary.command()
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .getUsageMessage();
    }

    private static int run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Tributary.command().setOut(nowhere).setErr(nowhere).execute(arguments);
    }
}
