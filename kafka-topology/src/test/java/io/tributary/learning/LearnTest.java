package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import io.tributary.core.reference.ReferencePipeline;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearnTest {

    private static final Duration PUBLISH = Duration.ofSeconds(1);

    private final EnsembleSpec spec = Samples.spec();
    private Harness harness;

    @BeforeEach
    void start() throws IOException {
        harness = new Harness(spec);
    }

    @AfterEach
    void stop() throws IOException {
        harness.close();
    }

    private void label(String eventId, double label, long outcomeTimeMillis) {
        harness.send(prediction(eventId, 0.1, 0.5, 0.9));
        harness.send(outcome(eventId, label, Outcome.Kind.FINAL, outcomeTimeMillis));
    }

    @Test
    void weights_learned_areTheReferencesToTheBit() {
        ReferencePipeline reference = new ReferencePipeline(
                spec, List.of(new ToyMember(1, 0), new ToyMember(0.2, -1), new ToyMember(-1, 0.5)));
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            float x = (float) random.nextGaussian();
            Event event = new Event("e" + i, START.toEpochMilli() + i, null, new float[] {x}, null);
            harness.send(reference.score(event, START.toEpochMilli()));
            int labelled = Math.max(0, i - random.nextInt(40));
            double label = random.nextDouble() < 0.3 ? 1 : 0;
            Outcome.Kind kind = random.nextInt(10) == 0 ? Outcome.Kind.CORRECTION : Outcome.Kind.FINAL;
            Outcome outcome = outcome("e" + labelled, label, kind, START.toEpochMilli() - 400 + i);
            harness.send(outcome);
            reference.outcome(outcome);
            if (i % 50 == 0) {
                harness.advance(PUBLISH);
                reference.publish(START.toEpochMilli());
            }
        }
        harness.advance(PUBLISH);

        Weights expected = reference.publish(harness.nowMillis());
        List<TestRecord<byte[], Weights>> published = harness.weights();
        Weights last = published.get(published.size() - 1).value();
        assertThat(last.version()).isEqualTo(expected.version()).isGreaterThan(150);
        assertThat(last).usingRecursiveComparison().isEqualTo(expected);
        List<Metrics> cumulative = harness.metrics(Metrics.Scope.CUMULATIVE);
        Metrics newest = cumulative.get(cumulative.size() - 1);
        assertThat(newest.figures()).isEqualTo(reference.measure().figures());
        assertThat(newest.labels()).isEqualTo(reference.measure().labels());
        assertThat(newest.corrections())
                .isEqualTo(reference.measure().corrections())
                .isPositive();
    }

    @Test
    void segments_arePublishedUnderKeysOfTheirOwnAndTakenBackWhenForgotten() throws IOException {
        harness.close();
        harness = new Harness(Samples.spec("publish: 1s", "publish: 1s, segments: {most: 1}"));
        labelIn("north", "e1");
        harness.advance(PUBLISH);
        List<TestRecord<byte[], Weights>> first = harness.weights();
        labelIn("south", "e2");
        harness.advance(PUBLISH);
        List<TestRecord<byte[], Weights>> second = harness.weights();

        assertThat(first).extracting(record -> new String(record.key(), UTF_8)).containsExactly("toy/north", "toy");
        assertThat(first.get(0).value().segment()).isEqualTo("north");
        assertThat(first.get(0).value().evidence()).isEqualTo(1);
        assertThat(second)
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("toy/south", "toy/north", "toy");
        assertThat(second.get(1).value()).as("taken back").isNull();
    }

    private void labelIn(String segment, String eventId) {
        harness.send(Samples.inSegment(segment, prediction(eventId, 0.1, 0.5, 0.9)));
        harness.send(outcome(eventId, 1, Outcome.Kind.FINAL, START.toEpochMilli()));
    }

    @Test
    void nothing_learned_isNotPublished() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.advance(PUBLISH);

        assertThat(harness.weights()).isEmpty();
        assertThat(harness.metrics()).isEmpty();
    }

    @Test
    void weights_changed_arePublishedOnceWithVersionAndEvidence() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(new Outcome("e1", 1, Outcome.Kind.FINAL, START.toEpochMilli(), null, 0.25));
        label("e2", 0, START.toEpochMilli());
        harness.send(outcome("e2", 1, Outcome.Kind.CORRECTION, START.toEpochMilli() + 1));
        assertThat(harness.weights()).isEmpty();
        harness.advance(PUBLISH);
        harness.advance(PUBLISH);

        List<TestRecord<byte[], Weights>> published = harness.weights();
        assertThat(published).hasSize(1);
        assertThat(published.get(0).key()).isEqualTo(Harness.bytes("toy"));
        Weights weights = published.get(0).value();
        assertThat(weights.ensemble()).isEqualTo("toy");
        assertThat(weights.version()).isEqualTo(3);
        assertThat(weights.evidence()).isEqualTo(5);
        assertThat(weights.members()).containsExactly("low", "middle", "high");
        assertThat(weights.publishedAtMillis()).isEqualTo(harness.nowMillis() - 1000);
    }

    @Test
    void cumulativeMetrics_withACorrection_sayWhatCouldNotBeLearned() {
        label("e1", 1, START.toEpochMilli() - 5000);
        harness.send(outcome("e1", 0, Outcome.Kind.CORRECTION, START.toEpochMilli() - 4000));
        harness.advance(PUBLISH);

        List<TestRecord<byte[], Metrics>> records = harness.metrics();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo(Harness.bytes("toy"));
        Metrics metrics = records.get(0).value();
        assertThat(metrics.scope()).isEqualTo(Metrics.Scope.CUMULATIVE);
        assertThat(metrics.version()).isEqualTo(2);
        assertThat(metrics.labels()).isEqualTo(1);
        assertThat(metrics.corrections()).isEqualTo(1);
        assertThat(metrics.unlearnable()).isEqualTo(1);
        assertThat(metrics.toMillis()).isEqualTo(START.toEpochMilli() - 4000);
        assertThat(metrics.figures())
                .extracting(Figures::scorer)
                .containsExactly("low", "middle", "high", EnsembleMeasure.FUSED, EnsembleMeasure.UNIFORM);
    }

    @Test
    void window_whenALaterOneBegins_isReportedWithItsLabelsOnly() {
        long from = START.toEpochMilli() - Duration.ofMinutes(30).toMillis();
        label("e1", 1, from);
        label("e2", 0, from + 599_999);
        label("late", 0, from - 1);
        harness.send(outcome("e1", 0, Outcome.Kind.CORRECTION, from + 1));
        assertThat(harness.metrics(Metrics.Scope.WINDOW)).isEmpty();
        label("e3", 1, from + 1_200_000);
        label("e4", 1, from + 1_800_000);

        List<Metrics> windows = harness.metrics(Metrics.Scope.WINDOW);
        assertThat(windows).extracting(Metrics::fromMillis).containsExactly(from, from + 1_200_000);
        assertThat(windows).extracting(Metrics::toMillis).containsExactly(from + 600_000, from + 1_800_000);
        assertThat(windows).extracting(Metrics::labels).containsExactly(3L, 1L);
        assertThat(windows).extracting(Metrics::version).containsExactly(4L, 5L);
    }

    @Test
    void outcome_withItsTimeInMicroseconds_countsIntoTheWindowThatIs() {
        long from = START.toEpochMilli();
        label("e1", 1, from);
        label("e2", 1, from * 1000);
        label("e3", 1, from + 600_000);

        List<Metrics> windows = harness.metrics(Metrics.Scope.WINDOW);
        assertThat(windows).extracting(Metrics::fromMillis).containsExactly(from);
        assertThat(windows).extracting(Metrics::labels).containsExactly(2L);
    }
}
