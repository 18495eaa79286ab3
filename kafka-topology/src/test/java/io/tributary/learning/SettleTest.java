package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Metrics;
import io.tributary.core.reference.ReferencePipeline;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels are held for ten minutes. */
class SettleTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EnsembleSpec spec = Samples.spec("maxDelay: 1h", "maxDelay: 1h, settle: 10m");
    private Harness harness;

    /** Once a minute has passed, no outcome counts as behind. */
    @BeforeEach
    void start() throws IOException {
        harness = new Harness(spec);
        harness.advance(MINUTE);
    }

    @AfterEach
    void stop() throws IOException {
        harness.close();
    }

    private void advanceMinutes(int minutes) {
        harness.advance(Duration.ofMinutes(minutes));
    }

    @Test
    void label_isFedBackOnceItHasSettled() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 1));
        advanceMinutes(9);
        assertThat(harness.feedback()).isEmpty();
        assertThat(harness.count("joined")).isZero();
        assertThat(harness.stored(LearningTopology.SETTLING)).isEqualTo(1);
        advanceMinutes(1);

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).hasSize(1);
        assertThat(feedback.get(0).kind()).isEqualTo(Feedback.Kind.LABEL);
        assertThat(feedback.get(0).eventId()).isEqualTo("e1");
        assertThat(harness.count("joined")).isEqualTo(1);
        assertThat(harness.stored(LearningTopology.SETTLING)).isZero();
    }

    @Test
    void revisions_whileItSettles_leaveNoTrace() {
        for (String id : List.of("corrected", "retracted", "copied")) {
            harness.send(prediction(id, 0.1, 0.5, 0.9));
            harness.send(outcome(id, 1, Outcome.Kind.FINAL, 1000));
        }
        advanceMinutes(5);
        harness.send(outcome("corrected", 0, Outcome.Kind.CORRECTION, 2000));
        harness.send(outcome("retracted", 1, Outcome.Kind.RETRACTION, 2000));
        harness.send(outcome("copied", 1, Outcome.Kind.FINAL, 1000));
        advanceMinutes(5);

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).extracting(Feedback::eventId).containsExactly("copied", "corrected");
        assertThat(feedback).extracting(Feedback::label).containsExactly(1.0, 0.0);
        assertThat(feedback).extracting(Feedback::kind).containsOnly(Feedback.Kind.LABEL);
        assertThat(harness.count("corrections")).isZero();
        assertThat(harness.stored(LearningTopology.SETTLING)).isZero();
    }

    @Test
    void correction_afterwards_isFedBackAtOnce() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 1, Outcome.Kind.FINAL, 1000));
        advanceMinutes(10);
        harness.send(outcome("e1", 0, Outcome.Kind.CORRECTION, 2000));

        assertThat(harness.feedback())
                .extracting(Feedback::kind)
                .containsExactly(Feedback.Kind.LABEL, Feedback.Kind.CORRECTION);
    }

    @Test
    void prediction_afterItsLabelSettled_isFedBackAtOnce() {
        harness.send(outcome("e1", 1));
        advanceMinutes(10);
        assertThat(harness.stored(LearningTopology.SETTLING)).isZero();
        harness.send(prediction("e1", 0.1, 0.5, 0.9));

        assertThat(harness.feedback()).hasSize(1);
    }

    @Test
    void event_whoseTimeIsUpWhileItsLabelIsHeld_staysUntilThatHasSettled() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        advanceMinutes(55);
        harness.send(outcome("e1", 1));
        advanceMinutes(6);
        assertThat(harness.feedback()).isEmpty();
        assertThat(harness.stored(LearningTopology.PENDING)).isEqualTo(1);
        advanceMinutes(4);
        assertThat(harness.feedback()).hasSize(1);

        advanceMinutes(60);
        assertThat(harness.stored(LearningTopology.PENDING)).isZero();
        assertThat(harness.expiring()).isZero();
        assertThat(harness.count("expired-unlabelled")).isZero();
    }

    @Test
    void event_whoseTimeIsUpAsItsLabelSettles_isFedBackAndDropped() throws IOException {
        try (Harness whole = new Harness(Samples.spec("maxDelay: 1h", "maxDelay: 1h, settle: 1h"))) {
            whole.send(outcome("e1", 1));
            whole.send(prediction("e1", 0.1, 0.5, 0.9));
            whole.advance(Duration.ofMinutes(61));

            assertThat(whole.feedback()).hasSize(1);
            assertThat(whole.stored(LearningTopology.PENDING)).isZero();
            assertThat(whole.expiring()).isZero();
            assertThat(whole.stored(LearningTopology.SETTLING)).isZero();
        }
    }

    @Test
    void outcomesBehind_holdLabelsTwiceAsLong() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 1, Outcome.Kind.FINAL, 1000));
        harness.advance(Duration.ofMinutes(9).plusSeconds(30));
        Instant longAgo = Instant.ofEpochMilli(harness.nowMillis()).minus(Duration.ofHours(3));
        harness.send(outcome("other", 1), longAgo);
        harness.advance(Duration.ofSeconds(50));
        assertThat(harness.feedback()).isEmpty();
        harness.send(outcome("e1", 0, Outcome.Kind.CORRECTION, 2000), longAgo);
        advanceMinutes(1);

        assertThat(harness.feedback()).extracting(Feedback::label).containsExactly(0.0);
    }

    @Test
    void weights_learnedFromSettledLabels_areTheReferencesToTheBit() {
        ReferencePipeline reference = new ReferencePipeline(
                spec, List.of(new ToyMember(1, 0), new ToyMember(0.2, -1), new ToyMember(-1, 0.5)));
        Random random = new Random(43);
        for (int i = 0; i < 300; i++) {
            Event event = new Event(
                    "e" + i, START.toEpochMilli() + i, null, new float[] {(float) random.nextGaussian()}, null);
            harness.send(reference.score(event, START.toEpochMilli()));
            int labelled = Math.max(0, i - random.nextInt(40));
            Outcome.Kind kind = Outcome.Kind.values()[random.nextInt(4)];
            Outcome outcome = outcome("e" + labelled, random.nextInt(2), kind, START.toEpochMilli() + i);
            harness.send(outcome);
            reference.outcome(outcome, harness.nowMillis());
            harness.advance(Duration.ofSeconds(30));
            reference.settle(harness.nowMillis());
        }

        Weights expected = reference.publish(harness.nowMillis());
        List<TestRecord<byte[], Weights>> published = harness.weights();
        Weights last = published.get(published.size() - 1).value();
        assertThat(last.version()).isEqualTo(expected.version()).isGreaterThan(80);
        assertThat(last.fusion().parameters()).containsExactly(expected.fusion().parameters());
        List<Metrics> cumulative = harness.metrics(Metrics.Scope.CUMULATIVE);
        assertThat(cumulative.get(cumulative.size() - 1).figures())
                .isEqualTo(reference.measure().figures());
    }
}
