package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tributary.app.plane.Planes;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.backtest.Backtest;
import io.tributary.core.backtest.Recording;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.reference.ReferencePipeline;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both planes, played in lockstep, emit exactly what the reference pipeline says. */
class ParityTest {

    private static final int STEP = 100;
    private static final Duration LABEL_DELAY = Duration.ofDays(7);

    private static final String THREE_SLOTS = "slots: {trees: {members: [boosted, forest], managed: 8m},"
            + " networks: {members: [mlp, logistic]}, watch: {members: [rules]}}";

    @ParameterizedTest
    @CsvSource({
        "at-least-once, '', auto",
        "exactly-once, 'fusion: {method: log-odds}', hedge",
        "at-least-once, '" + THREE_SLOTS + "', boa"
    })
    void planes_inLockstep_predictAsTheReferenceDoes(String delivery, String fusion, String learner) throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = ensemble("parity-" + learner, delivery, fusion, learner);
        stack.prepare(spec);
        List<PlayedEvent> played = Payments.played(spec, stack.registry());
        Tally tally = new Tally(spec, played);
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), 1))) {
            planes.awaitRunning(progress -> {});
            try (Watch watch = Watch.start(spec, stack.registry(), tally);
                    Player player = new Player(spec, stack.registry(), tally, LABEL_DELAY, planes::failure)) {
                player.play(new Pace.Lockstep(STEP));
                assertThat(watch.failure()).isNull();
            }
        }
        Map<String, Prediction> actual = predictions(stack, spec, played.size());
        List<Prediction> expected = new ArrayList<>();
        List<Event> events = Payments.events(spec, stack.registry(), played);
        Weights weights = reference(spec, events, played, actual, expected);

        assertThat(actual).hasSameSizeAs(expected);
        for (Prediction prediction : expected) {
            assertThat(actual.get(prediction.eventId()))
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                    .ignoringFields("processingTimeMillis", "latencies")
                    .isEqualTo(prediction);
        }
        assertScoresAgree(spec, events, actual);
        assertThat(tally.weights())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .ignoringFields("publishedAtMillis")
                .isEqualTo(weights);
        assertThat(weights.version()).isEqualTo(played.size());
        assertBacktestAgrees(spec, played, actual, weights);
    }

    /** The same scores without Kafka end in the same weights, to the bit. */
    private static void assertBacktestAgrees(
            EnsembleSpec spec, List<PlayedEvent> played, Map<String, Prediction> actual, Weights weights) {
        Recording recording = Recording.timed(
                spec.memberNames(),
                played.stream().map(event -> actual.get(event.id()).scores()).toArray(double[][]::new),
                played.stream().mapToDouble(PlayedEvent::label).toArray(),
                played.stream().mapToDouble(PlayedEvent::timeMillis).toArray(),
                played.stream()
                        .mapToDouble(event -> event.timeMillis() + LABEL_DELAY.toMillis())
                        .toArray());
        List<Double> scores = new ArrayList<>();
        Weights learned = new Backtest(recording, STEP)
                .fit(spec.plan(), (row, prediction) -> scores.add(prediction.score()))
                .weights(0);

        assertThat(scores)
                .isEqualTo(played.stream()
                        .map(event -> actual.get(event.id()).score())
                        .toList());
        assertThat(learned)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .ignoringFields("publishedAtMillis")
                .isEqualTo(weights);
    }

    private static EnsembleSpec ensemble(String name, String delivery, String fusion, String learner) throws Exception {
        java.nio.file.Path file = Stack.shared().fraudFile(name);
        String yaml = java.nio.file.Files.readString(file)
                .replace("learning:\n", fusion + "\nlearning:\n")
                .replace("learner: auto", "learner: " + learner)
                .replace("delivery: at-least-once", "delivery: " + delivery);
        java.nio.file.Files.writeString(file, yaml);
        return io.tributary.core.spec.SpecParser.parse(file);
    }

    private static Map<String, Prediction> predictions(Stack stack, EnsembleSpec spec, int count) {
        ContractDeserializer<Prediction> deserializer = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
        Map<String, Prediction> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                stack.bootstrap(), spec.topics().predictions(), Duration.ofSeconds(30), all -> all.size() >= count)) {
            Prediction prediction = deserializer.deserialize(record.topic(), record.value());
            assertThat(byId.put(prediction.eventId(), prediction))
                    .as("a second prediction")
                    .isNull();
        }
        return byId;
    }

    /**
     * Scores step after step, each with the labels that were known before it. The members answer what they answered in the
     * scoring plane: a network's last bits depend on how many rows share its batch, and all that follows is to be exact.
     */
    private static Weights reference(
            EnsembleSpec spec,
            List<Event> events,
            List<PlayedEvent> played,
            Map<String, Prediction> actual,
            List<Prediction> predictions) {
        List<RecordedMember> members = new ArrayList<>();
        spec.members().forEach(member -> members.add(new RecordedMember()));
        ReferencePipeline pipeline = new ReferencePipeline(spec, List.copyOf(members));
        int labelled = 0;
        for (int from = 0; from < events.size(); from += STEP) {
            labelled = label(pipeline, played, labelled, from, played.get(from).timeMillis());
            pipeline.publish(0);
            for (int i = from; i < Math.min(events.size(), from + STEP); i++) {
                double[] scores = actual.get(events.get(i).id()).scores();
                for (int k = 0; k < scores.length; k++) {
                    members.get(k).answer = scores[k];
                }
                predictions.add(pipeline.score(events.get(i), 0));
            }
        }
        label(pipeline, played, labelled, events.size(), Long.MAX_VALUE);
        return pipeline.publish(0);
    }

    /** Alone in a batch, every member says the same up to rounding. */
    private static void assertScoresAgree(EnsembleSpec spec, List<Event> events, Map<String, Prediction> actual)
            throws Exception {
        FeatureBatch row = new FeatureBatch(1, spec.features().width());
        double[] score = new double[1];
        for (int k = 0; k < spec.members().size(); k++) {
            try (Member member = MemberLoader.discover()
                    .open(spec.members().get(k), new MemberSetup(spec.features().columns(), 1, spec.scoreWidth()))) {
                for (Event event : events) {
                    row.clear();
                    row.add(event.features());
                    member.score(row, score);
                    assertThat(actual.get(event.id()).scores()[k]).isCloseTo(score[0], offset(1e-6));
                }
            }
        }
    }

    private static int label(ReferencePipeline pipeline, List<PlayedEvent> played, int from, int to, long now) {
        int at = from;
        for (; at < to && played.get(at).timeMillis() + LABEL_DELAY.toMillis() <= now; at++) {
            PlayedEvent event = played.get(at);
            pipeline.outcome(new Outcome(
                    event.id(),
                    event.label(),
                    Outcome.Kind.FINAL,
                    event.timeMillis() + LABEL_DELAY.toMillis(),
                    "replay",
                    Double.NaN));
        }
        return at;
    }
}
