package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinTest {

    private Harness harness;

    @BeforeEach
    void start() throws IOException {
        harness = new Harness(Samples.spec());
    }

    @AfterEach
    void stop() throws IOException {
        harness.close();
    }

    @Test
    void outcome_afterPrediction_becomesFeedback() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        assertThat(harness.feedback()).isEmpty();
        harness.send(new Outcome("e1", 1, Outcome.Kind.FINAL, START.toEpochMilli() + 5, "chargeback", 0.25));

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).hasSize(1);
        Feedback only = feedback.get(0);
        assertThat(only.kind()).isEqualTo(Feedback.Kind.LABEL);
        assertThat(only.eventId()).isEqualTo("e1");
        assertThat(only.label()).isEqualTo(1);
        assertThat(only.previousLabel()).isNaN();
        assertThat(only.outcomeTimeMillis()).isEqualTo(START.toEpochMilli() + 5);
        assertThat(only.source()).isEqualTo("chargeback");
        assertThat(only.propensity()).isEqualTo(0.25);
        assertThat(only.scored().scores()).containsExactly(0.1, 0.5, 0.9);
        assertThat(only.scored().members()).containsExactly("low", "middle", "high");
        assertThat(harness.count("joined")).isEqualTo(1);
    }

    @Test
    void prediction_afterOutcome_becomesTheSameFeedback() {
        harness.send(outcome("e1", 1));
        assertThat(harness.feedback()).isEmpty();
        harness.send(prediction("e1", 0.1, 0.5, 0.9));

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).hasSize(1);
        assertThat(feedback.get(0).kind()).isEqualTo(Feedback.Kind.LABEL);
        assertThat(feedback.get(0).eventId()).isEqualTo("e1");
        assertThat(feedback.get(0).source()).isEqualTo("test");
    }

    @Test
    void feedback_hasTheTraceOfWhatCompletedIt() {
        Header ofOutcome = new RecordHeader("traceparent", Harness.bytes("00-of-the-outcome-01"));
        Header ofPrediction = new RecordHeader("traceparent", Harness.bytes("00-of-the-prediction-01"));

        harness.send(prediction("e1", 0.1, 0.5, 0.9), ofPrediction);
        harness.send(outcome("e1", 1), ofOutcome);
        harness.send(outcome("e2", 1), ofOutcome);
        harness.send(prediction("e2", 0.1, 0.5, 0.9), ofPrediction);
        harness.send(outcome("e3", 1));
        harness.send(prediction("e3", 0.1, 0.5, 0.9));

        assertThat(harness.feedbackRecords())
                .extracting(record -> List.of(record.headers().toArray()))
                .containsExactly(List.of(ofOutcome), List.of(ofPrediction), List.of());
    }

    @Test
    void copies_ofEitherSide_changeNothing() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(prediction("e1", 0.2, 0.2, 0.2));
        harness.send(outcome("e1", 0));
        harness.send(outcome("e1", 0));
        harness.send(prediction("e1", 0.3, 0.3, 0.3));

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).hasSize(1);
        assertThat(feedback.get(0).scored().scores()).containsExactly(0.1, 0.5, 0.9);
        assertThat(harness.count("duplicates")).isEqualTo(3);
    }

    @Test
    void correctionAndRetraction_afterTheLabelTaught_areFedBackAsSuch() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 0, Outcome.Kind.FINAL, 1000));
        harness.send(outcome("e1", 1, Outcome.Kind.CORRECTION, 2000));
        harness.send(outcome("e1", Double.NaN, Outcome.Kind.RETRACTION, 3000));

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback)
                .extracting(Feedback::kind)
                .containsExactly(Feedback.Kind.LABEL, Feedback.Kind.CORRECTION, Feedback.Kind.RETRACTION);
        assertThat(feedback).extracting(Feedback::previousLabel).containsExactly(Double.NaN, 0.0, 1.0);
        assertThat(feedback).extracting(Feedback::label).containsExactly(0.0, 1.0, Double.NaN);
        assertThat(harness.count("corrections")).isEqualTo(2);
    }

    @Test
    void correction_beforeThePrediction_leavesNoTrace() {
        harness.send(outcome("e1", 0, Outcome.Kind.FINAL, 1000));
        harness.send(outcome("e1", 1, Outcome.Kind.CORRECTION, 2000));
        harness.send(prediction("e1", 0.1, 0.5, 0.9));

        assertThat(harness.feedback()).extracting(Feedback::label).containsExactly(1.0);
        assertThat(harness.count("corrections")).isZero();
    }

    @Test
    void outcome_olderThanTheOneKnown_givesWay() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 1, Outcome.Kind.FINAL, 2000));
        harness.send(outcome("e1", 0, Outcome.Kind.FINAL, 1000));

        assertThat(harness.feedback()).extracting(Feedback::label).containsExactly(1.0);
        assertThat(harness.count("superseded")).isEqualTo(1);
    }

    @Test
    void events_interleavedOutOfOrder_eachFindTheirOwn() {
        harness.send(outcome("e2", 1));
        harness.send(prediction("e1", 0.1, 0.1, 0.1));
        harness.send(prediction("e3", 0.3, 0.3, 0.3));
        harness.send(prediction("e2", 0.2, 0.2, 0.2));
        harness.send(outcome("e3", 0));
        harness.send(outcome("e1", 0));

        List<Feedback> feedback = harness.feedback();
        assertThat(feedback).extracting(Feedback::eventId).containsExactly("e2", "e3", "e1");
        assertThat(feedback).extracting(each -> each.scored().scores()[0]).containsExactly(0.2, 0.3, 0.1);
    }

    @Test
    void prediction_ofAnotherEnsemble_isSkippedAndCounted() {
        harness.send(prediction("other", "e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 1));

        assertThat(harness.feedback()).isEmpty();
        assertThat(harness.count("foreign-predictions")).isEqualTo(1);
        assertThat(harness.deadLetters()).isEmpty();
    }

    @Test
    void outcomes_copartitioned_joinWithoutARepartitioning() throws IOException {
        try (Harness keyed = new Harness(Samples.spec("maxDelay: 1h", "maxDelay: 1h, copartitioned: true"))) {
            keyed.send(prediction("e1", 0.1, 0.5, 0.9));
            keyed.sendOutcome(Harness.bytes("e1"), keyed.bytes(outcome("e1", 1)));

            assertThat(keyed.feedback()).extracting(Feedback::eventId).containsExactly("e1");
        }
    }

    @Test
    void event_afterItWasJoined_isKeptForCorrectionsUntilItExpires() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.send(outcome("e1", 0, Outcome.Kind.FINAL, 1000));
        harness.advance(Duration.ofMinutes(59));
        harness.send(outcome("e1", 1, Outcome.Kind.CORRECTION, 2000));

        assertThat(harness.feedback())
                .extracting(Feedback::kind)
                .containsExactly(Feedback.Kind.LABEL, Feedback.Kind.CORRECTION);
    }
}
