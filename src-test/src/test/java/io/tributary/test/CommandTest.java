package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person meets: the command's output, its exit codes, and what is left when it has ended. */
class CommandTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration DEMO = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    @Test
    void demo_endsByItselfWithAllFiguresAndLeavesNothing() throws Exception {
        Path json = folder.resolve("figures.json");
        Command demo = Command.start("demo", "--rate", "2000", "--json", json.toString());

        assertThat(demo.await(DEMO)).as(demo.output()).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.get("events").asInt()).isEqualTo(20_000);
        assertThat(figures.get("predictions").asInt()).isEqualTo(20_000);
        assertThat(figures.get("deadLetters").asInt()).isZero();
        assertThat(figures.get("members")).hasSizeGreaterThanOrEqualTo(4);
        double weights = 0;
        for (JsonNode member : figures.get("members")) {
            assertThat(member.get("answered").asDouble()).as(member.toString()).isEqualTo(1.0);
            assertThat(member.get("logLoss").isNumber()).isTrue();
            assertThat(member.get("averagePrecision").asDouble()).isBetween(0.0, 1.0);
            weights += member.get("weight").asDouble();
        }
        assertThat(weights).isBetween(1 - 1e-9, 1 + 1e-9);
        for (String row : List.of("fused", "uniform")) {
            assertThat(figures.get(row).get("logLoss").asDouble()).as(row).isBetween(0.0, 1.0);
        }
        assertThat(demo.output()).contains("100 %", "weights version 20,000", "Where to look next");
        assertThat(demo.leftBehind()).isEmpty();
    }

    /** In lockstep the figures are the same on every machine, which the demo's at a rate are not. */
    @Test
    void replay_ofGeneratedPayments_fusesBetterThanThePlainAverage() throws Exception {
        Path payments = folder.resolve("payments.csv.gz");
        Path json = folder.resolve("figures.json");
        Command generate = Command.start(
                "generate", "--events", "10000", "--drift-at", "0.5", "--seed", "7", "--out", payments.toString());
        assertThat(generate.await(SOON)).as(generate.output()).isZero();

        Command replay = Command.start(
                "replay",
                Stack.home().resolve("examples/fraud/fraud.yaml").toString(),
                "--embedded",
                "--events",
                payments.toString(),
                "--label-delay",
                "7d",
                "--json",
                json.toString());

        assertThat(replay.await(DEMO)).as(replay.output()).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.get("predictions").asInt()).isEqualTo(10_000);
        assertThat(figures.get("fused").get("logLoss").asDouble())
                .isLessThan(figures.get("uniform").get("logLoss").asDouble());
        assertThat(replay.leftBehind()).isEmpty();
    }

    @Test
    void demo_ofTraffic_endsWithFiguresOfForecasts() throws Exception {
        Path json = folder.resolve("figures.json");
        Command demo =
                Command.start("demo", "traffic", "--events", "3000", "--rate", "1000", "--json", json.toString());

        assertThat(demo.await(DEMO)).as(demo.output()).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.get("predictions").asInt()).isEqualTo(3000);
        assertThat(figures.get("deadLetters").asInt()).isZero();
        assertThat(figures.get("members")).hasSize(4);
        assertThat(figures.get("members").get(0).get("answered").asDouble())
                .as("the recurrent network sleeps while readings are missing")
                .isBetween(0.8, 0.9999);
        assertThat(figures.get("fused").get("rmse").asDouble()).isBetween(1.0, 60.0);
        assertThat(figures.get("fused").get("answered").asDouble()).isEqualTo(1.0);
        assertThat(demo.output()).contains("RMSE", "After roads changed", "missing: ");
        assertThat(demo.leftBehind()).isEmpty();
    }

    /** Learned without Kafka, taken up by both planes: they begin where the history ended. */
    @Test
    void fit_ofAHistory_isWhereThePlanesStartFrom() throws Exception {
        Path history = folder.resolve("history.csv.gz");
        Path later = folder.resolve("later.csv.gz");
        Path weights = folder.resolve("fraud.weights.avro");
        assertThat(Command.start("generate", "--events", "4000", "--seed", "5", "--out", history.toString())
                        .await(SOON))
                .isZero();
        assertThat(Command.start("generate", "--events", "500", "--seed", "6", "--out", later.toString())
                        .await(SOON))
                .isZero();
        Path example = Stack.home().resolve("examples/fraud");
        Path spec = Files.writeString(
                folder.resolve("started.yaml"),
                Files.readString(example.resolve("fraud.yaml"))
                                .replace("schema: transaction.avsc", "schema: " + example.resolve("transaction.avsc"))
                                .replace(": models/", ": " + example.resolve("models") + "/")
                        + "\ninitialWeights: fraud.weights.avro\n");
        Path unstarted = Files.writeString(
                folder.resolve("unstarted.yaml"),
                Files.readString(spec).replace("initialWeights: fraud.weights.avro", ""));

        Command missing = Command.start("validate", spec.toString());
        assertThat(missing.await(SOON)).isEqualTo(2);
        assertThat(missing.output()).contains("initialWeights is fraud.weights.avro, but there is no file");

        Command fit = Command.start(
                "fit",
                unstarted.toString(),
                "--events",
                history.toString(),
                "--label-delay",
                "7d",
                "--out",
                weights.toString());
        assertThat(fit.await(SOON)).as(fit.output()).isZero();
        assertThat(fit.output()).contains("weights of 4,000 labels written to");

        Command replay = Command.start(
                "replay", spec.toString(), "--embedded", "--events", later.toString(), "--label-delay", "7d");
        assertThat(replay.await(DEMO)).as(replay.output()).isZero();
        assertThat(replay.output()).contains("weights version 4,500");
    }

    @Test
    void demo_interrupted_stopsEverythingAndLeavesNothing() throws Exception {
        Command demo = Command.start("demo");
        demo.awaitOutput("scoring plane runs", DEMO);
        List<ProcessHandle> children = demo.children();
        assertThat(children).isNotEmpty();

        demo.interrupt();

        assertThat(demo.await(SOON)).as(demo.output()).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(demo.leftBehind()).isEmpty();
        assertThat(demo.output()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void demo_interruptedWhileStarting_leavesNothing() throws Exception {
        Command demo = Command.start("demo");
        demo.awaitOutput("Kafka broker up", SOON);

        demo.interrupt();

        assertThat(demo.await(SOON)).as(demo.output()).isEqualTo(130);
        assertThat(demo.leftBehind()).isEmpty();
        assertThat(demo.output()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void validate_ofAGoodSpec_saysSo() throws Exception {
        Command validate = Command.start(
                "validate", Stack.home().resolve("examples/fraud/fraud.yaml").toString());

        assertThat(validate.await(SOON)).as(validate.output()).isZero();
        assertThat(validate.output()).contains("is valid", "boosted");
    }

    @Test
    void validate_ofASpecWithManyProblems_listsEachWithItsLine() throws Exception {
        String yaml = Files.readString(Stack.shared().fraudFile("problems"))
                .replace("threshold: 0.5", "threshold: 1.5")
                .replace("  linger: 5ms", "  lingre: 5ms")
                .replace("learner: auto", "learner: bao")
                .replace("- tx_amount\n", "- tx_amuont\n")
                .replace("mlp.pt", "gone.pt");
        Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);

        Command validate = Command.start("validate", spec.toString());

        assertThat(validate.await(SOON)).isEqualTo(2);
        assertThat(validate.output())
                .contains("threshold is 1.5, must be in (0, 1)", "did you mean 'linger'?", "did you mean 'boa'?")
                .contains("there is no model file", "gone.pt", "tx_amuont is no field", "did you mean 'tx_amount'?")
                .containsPattern("spec\\.yaml:\\d+: ")
                .doesNotContain("\tat ");
    }

    @Test
    void replay_ofASpecWhoseLabelsSettle_isRefused() throws Exception {
        Path events = Files.writeString(folder.resolve("events.csv"), "transaction_id\n");

        Command replay = Command.start(
                "replay",
                Stack.shared()
                        .fraudFile("settles", "maxDelay: 45d", "maxDelay: 45d\n  settle: 10m")
                        .toString(),
                "--events",
                events.toString());

        assertThat(replay.await(SOON)).isEqualTo(1);
        assertThat(replay.output()).contains("outcomes.settle", "Leave it out").doesNotContain("\tat ");
    }

    @Test
    void unknownOption_saysWhichWasMeant() throws Exception {
        Command run = Command.start("run", "--embeded", "spec.yaml");

        assertThat(run.await(SOON)).isEqualTo(2);
        assertThat(run.output()).contains("Unknown option: '--embeded'", "--embedded");
    }
}
