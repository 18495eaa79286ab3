package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.core.Prediction;
import io.tributary.core.backtest.Backtest;
import io.tributary.core.backtest.Recording;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ensemble that tells three classes apart, as its user would run it: through the planes, without them, and fitted. */
class MulticlassTest {

    private static final int EVENTS = 3000;
    private static final int STEP = 100;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    private Path spec;
    private Path events;

    @BeforeEach
    void writeFiles() throws IOException {
        Path models = Stack.home().resolve("members/src/test/resources/models");
        Files.writeString(folder.resolve("order.avsc"), """
                {"type": "record", "name": "Order", "fields": [
                  {"name": "id", "type": "string"},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "amount", "type": "double"},
                  {"name": "age", "type": "double"},
                  {"name": "count", "type": "double"}]}
                """);
        spec = Files.writeString(folder.resolve("orders.yaml"), """
                ensemble: orders
                task: multiclass
                classes: [small, dear, many]
                kafka: {bootstrap: "%s"}
                registry: {url: "%s"}
                events: {topic: orders, schema: order.avsc, id: id, time: at}
                target: kind
                features: [amount, age, count]
                members:
                  softmax: {onnx: %s}
                  boosted: {xgboost: %s}
                learning: {publish: 100ms}
                """.formatted(
                        Stack.shared().bootstrap(),
                        Stack.shared().registryUrl(),
                        models.resolve("softmax.onnx"),
                        models.resolve("three-classes.json")));
        events = Files.writeString(folder.resolve("orders.csv"), orders());
    }

    /** As the script that trained the models draws them. */
    private static String orders() {
        String[] classes = {"small", "dear", "many"};
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("id,at,amount,age,count,kind\n");
        for (int i = 0; i < EVENTS; i++) {
            double amount = 2 * random.nextGaussian();
            double age = 1 + random.nextGaussian();
            int count = random.nextInt(5);
            double logit = 0.9 * amount - 1.4 * age + 0.5 * count;
            int truth = (random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0) + (count > 2 ? 1 : 0);
            csv.append(String.format(
                    Locale.ROOT,
                    "o%d,%d,%.6f,%.6f,%d,%s%n",
                    i,
                    1_700_000_000_000L + 300_000L * i,
                    amount,
                    age,
                    count,
                    classes[truth]));
        }
        return csv.toString();
    }

    @Test
    void orders_areToldApartByThePlanes_andByABacktestAlike() throws Exception {
        Path figures = folder.resolve("figures.json");
        Command replay = Command.start(
                "replay",
                spec.toString(),
                "--events",
                events.toString(),
                "--label-delay",
                "1h",
                "--step",
                Integer.toString(STEP),
                "--json",
                figures.toString());
        assertThat(replay.await(LIMIT)).as(replay.output()).isZero();
        JsonNode planes = new ObjectMapper().readTree(figures.toFile());
        assertThat(planes.get("predictions").asInt()).isEqualTo(EVENTS);
        assertThat(planes.get("deadLetters").asInt()).isZero();
        JsonNode fused = planes.get("fused");
        // The network was trained on what is asked here, the one round of trees on little of it.
        double softmax = planes.get("members").get(0).get("logLoss").asDouble();
        assertThat(fused.get("logLoss").asDouble()).isLessThan(1.02 * softmax);
        assertThat(fused.get("accuracy").asDouble()).isGreaterThan(0.6);
        assertThat(fused.get("macroF1").asDouble()).isGreaterThan(0.6);
        assertThat(planes.get("fusedLessUniform").get("logLoss95").get(1).asDouble())
                .isNegative();
        assertPredictionsAgreeWithABacktest();

        Path backtested = folder.resolve("backtest.json");
        Path scores = folder.resolve("scores.csv");
        Command backtest = Command.start(
                "backtest",
                "--spec",
                spec.toString(),
                "--events",
                events.toString(),
                "--label-delay",
                "1h",
                "--scores-out",
                scores.toString(),
                "--json",
                backtested.toString());
        assertThat(backtest.await(LIMIT)).as(backtest.output()).isZero();
        assertSameMembers(planes, result(backtested, "softmax"));

        Path again = folder.resolve("again.json");
        Command fromScores = Command.start(
                "backtest",
                "--scores",
                scores.toString(),
                "--task",
                "multiclass",
                "--classes",
                "small,dear,many",
                "--members",
                "softmax,boosted",
                "--label",
                "label",
                "--event-time",
                "event_time",
                "--label-time",
                "label_time",
                "--json",
                again.toString());
        assertThat(fromScores.await(LIMIT)).as(fromScores.output()).isZero();
        assertThat(result(again, "auto").get("logLoss").asDouble())
                .isEqualTo(result(backtested, "auto").get("logLoss").asDouble());
    }

    private static void assertSameMembers(JsonNode planes, JsonNode backtested) {
        assertThat(planes.get("members").get(0).get("accuracy").asDouble())
                .isEqualTo(backtested.get("accuracy").asDouble());
    }

    private static JsonNode result(Path file, String name) throws IOException {
        for (JsonNode each : new ObjectMapper().readTree(file.toFile()).get("results")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no result " + name + " in " + Files.readString(file));
    }

    /** What the members said, fused without Kafka, is what the planes emitted, to the bit. */
    private void assertPredictionsAgreeWithABacktest() throws IOException {
        EnsembleSpec read = SpecParser.parse(spec);
        ContractDeserializer<Prediction> deserializer =
                new ContractDeserializer<>(Stack.shared().registry(), Codecs.PREDICTION);
        Map<String, Prediction> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                Stack.shared().bootstrap(),
                read.topics().predictions(),
                Duration.ofSeconds(30),
                all -> all.size() >= EVENTS)) {
            Prediction prediction = deserializer.deserialize(record.topic(), record.value());
            byId.put(prediction.eventId(), prediction);
        }
        assertThat(byId).hasSize(EVENTS);
        assertThat(byId.values()).allSatisfy(each -> {
            assertThat(List.of(each.classes())).isEqualTo(read.classes());
            assertThat(each.score()).isEqualTo(each.classScores()[each.likeliest()]);
            assertThat(each.degraded()).isFalse();
        });

        List<String> rows = Files.readAllLines(events);
        double[][] scores = new double[EVENTS][];
        double[] labels = new double[EVENTS];
        double[] times = new double[EVENTS];
        double[] known = new double[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            String[] cells = rows.get(i + 1).split(",", -1);
            scores[i] = byId.get(cells[0]).scores();
            times[i] = Double.parseDouble(cells[1]);
            known[i] = times[i] + Duration.ofHours(1).toMillis();
            labels[i] = read.labels().parse(cells[5]);
        }
        Recording recording = Recording.timed(read.memberNames(), scores, labels, times, known);
        new Backtest(recording, STEP)
                .run(
                        read.plan(),
                        (row, prediction) -> assertThat(prediction.classScores())
                                .containsExactly(byId.get("o" + row).classScores()));
    }

    @Test
    void fit_writesWhatThePlanesBeginWith() throws Exception {
        Path weights = folder.resolve("orders.weights.avro");
        Command fit = Command.start("fit", spec.toString(), "--events", events.toString(), "--out", weights.toString());
        assertThat(fit.await(LIMIT)).as(fit.output()).isZero();
        assertThat(fit.output()).contains("weights of 3,000 labels written to", "log loss", "accuracy");

        Files.writeString(spec, Files.readString(spec) + "initialWeights: orders.weights.avro\n");
        Command replay = Command.start("replay", spec.toString(), "--embedded", "--events", events.toString());
        assertThat(replay.await(LIMIT)).as(replay.output()).isZero();
        assertThat(replay.output()).contains("weights version 6,000");
    }
}
