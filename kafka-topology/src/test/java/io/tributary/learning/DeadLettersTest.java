package io.tributary.learning;

import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.DeadLetter;
import io.tributary.schemas.RegistryException;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final byte[] GARBAGE = {9, 8, 7, 6, 5, 4};

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
    void outcome_undecodable_becomesADeadLetterWithAllItsFields() {
        harness.send(outcome("e1", 1));
        harness.sendOutcome(Harness.bytes("my key"), GARBAGE);

        List<TestRecord<byte[], DeadLetter>> letters = harness.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).key()).isEqualTo(Harness.bytes("my key"));
        DeadLetter letter = letters.get(0).value();
        assertThat(letter.topic()).isEqualTo("toy.outcomes");
        assertThat(letter.partition()).isZero();
        assertThat(letter.offset()).isEqualTo(1);
        assertThat(letter.stage()).isEqualTo("decode-outcome");
        assertThat(letter.reason()).contains("wire format", "0x09");
        assertThat(letter.payload()).isEqualTo(GARBAGE);
        assertThat(letter.payloadLength()).isEqualTo(GARBAGE.length);
        assertThat(letter.payloadSha256()).isNull();
        assertThat(letter.timeMillis()).isEqualTo(harness.nowMillis());
        assertThat(harness.count("dead-letters")).isEqualTo(1);
    }

    @Test
    void outcome_withALabelThatIsNone_becomesADeadLetter() {
        harness.sendOutcome(null, harness.bytes(outcome("e1", 0.5)));

        List<TestRecord<byte[], DeadLetter>> letters = harness.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).key()).isNull();
        assertThat(letters.get(0).value().reason()).isEqualTo("field label is 0.5, must be 0 or 1");
    }

    @Test
    void outcome_copartitionedUnderAnotherKey_becomesADeadLetter() throws IOException {
        try (Harness keyed = new Harness(Samples.spec("maxDelay: 1h", "maxDelay: 1h, copartitioned: true"))) {
            keyed.sendOutcome(Harness.bytes("customer 7"), keyed.bytes(outcome("e1", 1)));

            assertThat(keyed.deadLetters())
                    .extracting(letter -> letter.value().reason())
                    .singleElement()
                    .asString()
                    .contains("'e1'", "'customer 7'", "outcomes.copartitioned");
        }
    }

    @Test
    void prediction_undecodable_becomesADeadLetter() {
        harness.sendPrediction(Harness.bytes("e1"), GARBAGE);

        DeadLetter letter = harness.deadLetters().get(0).value();
        assertThat(letter.stage()).isEqualTo("decode-prediction");
        assertThat(letter.topic()).isEqualTo("toy.predictions");
        assertThat(letter.payload()).isEqualTo(GARBAGE);
    }

    @Test
    void prediction_underAnotherKey_becomesADeadLetter() {
        harness.sendPrediction(Harness.bytes("e2"), harness.bytes(prediction("e1", 0.1, 0.5, 0.9)));

        assertThat(harness.deadLetters().get(0).value().reason()).contains("'e1'", "'e2'");
        assertThat(harness.stored(LearningTopology.PENDING)).isZero();
    }

    @Test
    void feedback_undecodable_becomesADeadLetterAndTeachesNothing() {
        harness.sendFeedback(Harness.bytes("e1"), GARBAGE);
        harness.advance(java.time.Duration.ofSeconds(1));

        DeadLetter letter = harness.deadLetters().get(0).value();
        assertThat(letter.stage()).isEqualTo("decode-feedback");
        assertThat(letter.topic()).isEqualTo("toy.feedback");
        assertThat(harness.weights()).isEmpty();
    }

    @Test
    void nulls_onEveryTopic_areCountedAndSkipped() {
        harness.sendOutcome(Harness.bytes("e1"), null);
        harness.sendPrediction(Harness.bytes("e1"), null);
        harness.sendFeedback(Harness.bytes("e1"), null);

        assertThat(harness.count("nulls-skipped")).isEqualTo(3);
        assertThat(harness.deadLetters()).isEmpty();
    }

    @Test
    void registry_thatDoesNotAnswer_isAFailureAndNoDeadLetter() {
        byte[] unknownSchema = {0, 0, 0, 0, 99, 1, 2};
        harness.server.setBroken(true);

        assertThatThrownBy(() -> harness.sendOutcome(Harness.bytes("e1"), unknownSchema))
                .hasRootCauseInstanceOf(Exception.class)
                .satisfies(thrown -> assertThat(causes(thrown)).hasAtLeastOneElementOfType(RegistryException.class));
        harness.server.setBroken(false);
        assertThat(harness.deadLetters()).isEmpty();
    }

    private static List<Throwable> causes(Throwable thrown) {
        return java.util.stream.Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .toList();
    }
}
