package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Results for programs: where they go, and where goes what is for people. */
class JsonOptionTest {

    /** Those that run until they are ended, or print something that is not for programs. */
    private static final Set<String> WITHOUT_RESULT = Set.of("run", "dashboard", "completion", "help", "bench");

    private static final String SPEC = """
            ensemble: test
            events: {topic: t, id: id, time: at}
            features: [x]
            members:
              m: {rules: [{when: x > 1, score: 0.5}]}
            """;

    @TempDir
    Path folder;

    private Path spec;
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws IOException {
        spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    }

    @Test
    void everyCommandWithAResult_givesItToPrograms() {
        check(Tributary.command());
    }

    private static void check(CommandLine command) {
        command.getSubcommands().forEach((name, each) -> {
            if (!each.getSubcommands().isEmpty()) {
                check(each);
            } else if (!WITHOUT_RESULT.contains(name)) {
                OptionSpec json = each.getCommandSpec().findOption("--json");
                assertThat(json).as(name).isNotNull();
                assertThat(json.arity().toString()).as(name).isEqualTo("0..1");
            }
        });
    }

    @Test
    void alone_printsTheResultAndNothingElse() throws Exception {
        assertThat(run("validate", spec.toString(), "--json")).isEqualTo(ExitCode.DONE.code());

        JsonNode result = new ObjectMapper().readTree(out);
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("members").get(0).asText()).isEqualTo("m");
        assertThat(result.get("problems")).isEmpty();
        assertThat(err).isEmpty();
    }

    @Test
    void alone_tellsPeopleOfProblemsOnStandardError() throws Exception {
        Files.writeString(spec, SPEC + "deadlin: 3s\n");

        assertThat(run("validate", spec.toString(), "--json")).isEqualTo(ExitCode.WRONG.code());

        JsonNode problem = new ObjectMapper().readTree(out).get("problems").get(0);
        assertThat(problem.get("line").asInt()).isEqualTo(6);
        assertThat(problem.get("message").asText()).contains("did you mean 'deadline'?");
        assertThat(err).contains("spec.yaml:6: ", "did you mean 'deadline'?");
    }

    @Test
    void withAFile_writesTheResultThereAndTellsPeopleAsWithoutIt() throws Exception {
        Path json = folder.resolve("result.json");
        Path payments = folder.resolve("payments.csv");
        String[] generate = {"generate", "--events", "10", "--out", payments.toString(), "--json", json.toString()};

        assertThat(run(generate)).as(err).isEqualTo(ExitCode.DONE.code());
        assertThat(run(generate)).as("the same again: " + err).isEqualTo(ExitCode.DONE.code());

        assertThat(new ObjectMapper().readTree(json.toFile()).get("events").asInt())
                .isEqualTo(10);
        assertThat(out).contains("payments.csv: 10 card payments", "written: " + json);
        assertThat(err).isEmpty();
    }

    @Test
    void aFileWithoutJson_isNotReplaced() throws Exception {
        Path payments = folder.resolve("payments.csv");

        assertThat(run("generate", "--events", "10", "--out", payments.toString(), "--json", spec.toString()))
                .isEqualTo(ExitCode.WRONG.code());

        assertThat(err).contains("--json would replace " + spec, "put --json last");
        assertThat(spec).hasContent(SPEC);
        assertThat(payments).doesNotExist();
    }

    @Test
    void theSpecBehindIt_isToldFromAFile() {
        assertThat(run("validate", "--json", spec.toString())).isEqualTo(ExitCode.WRONG.code());

        assertThat(err).contains("Missing required parameter", "--json takes the word behind it for its file");
        assertThat(spec).hasContent(SPEC);
    }

    @Test
    void fit_givesFiguresAndWeights() throws Exception {
        Path history = folder.resolve("history.csv");
        List<String> rows = new ArrayList<>(List.of("id,at,x,y"));
        for (int i = 0; i < 40; i++) {
            rows.add("e" + i + "," + i + "," + i % 3 + "," + i % 2);
        }
        Files.write(history, rows);
        Files.writeString(folder.resolve("event.avsc"), """
                {"type": "record", "name": "Event", "fields": [
                  {"name": "id", "type": "string"}, {"name": "at", "type": "long"}, {"name": "x", "type": "double"}]}
                """);
        Files.writeString(
                spec,
                SPEC.replace("time: at}", "time: at, schema: event.avsc}")
                                .replace("score: 0.5}]}", "score: 0.5}]," + " otherwise: 0.2}")
                        + "target: y\n");

        assertThat(run("fit", spec.toString(), "--events", history.toString(), "--json"))
                .as(err)
                .isEqualTo(ExitCode.DONE.code());

        JsonNode result = new ObjectMapper().readTree(out);
        assertThat(result.get("labels").asInt()).isEqualTo(40);
        assertThat(result.get("weights").get("m").asDouble()).isEqualTo(1);
        assertThat(result.get("figures").get("results")).isNotEmpty();
        assertThat(Path.of(result.get("file").asText())).exists();
        assertThat(err).contains("✓ 40 events read");
    }

    private int run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int code = Tributary.command()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(arguments);
        out = printed.toString();
        err = complained.toString();
        return code;
    }
}
