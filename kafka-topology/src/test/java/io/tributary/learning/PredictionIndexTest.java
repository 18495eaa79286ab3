package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which predictions are found, and for how long. */
class PredictionIndexTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void find_whatHasBeenRead_saysWhereAndWhen() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            harness.advance(Duration.ofSeconds(5));
            harness.send(prediction("e-2", 0.1, 0.5, 0.9));

            assertThat(harness.find("e-1")).isEqualTo(new Place(0, 0, START.toEpochMilli(), 1));
            assertThat(harness.find("e-2")).isEqualTo(new Place(0, 1, harness.nowMillis(), 1));
            assertThat(harness.find("e-3")).isNull();
            assertThat(harness.find("e")).as("the beginning of an id").isNull();
        }
    }

    @Test
    void find_ofSeveralCopies_isTheNewestAndCountsThem() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            harness.advance(Duration.ofDays(1));
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            harness.advance(Duration.ofHours(1));
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            assertThat(harness.find("e-1")).isEqualTo(new Place(0, 2, harness.nowMillis(), 3));
        }
    }

    @Test
    void find_afterAWeek_finds_andLongAfterwardsNot() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("old", 0.1, 0.5, 0.9));
            harness.advance(WEEK.minusMinutes(1));
            harness.send(prediction("new", 0.1, 0.5, 0.9));
            assertThat(harness.find("old")).isNotNull();

            harness.advance(WEEK.plusMinutes(1));
            harness.send(prediction("newest", 0.1, 0.5, 0.9));
            harness.advance(Duration.ofHours(2));

            assertThat(harness.find("old")).isNull();
            assertThat(harness.find("newest")).isNotNull();
        }
    }

    @Test
    void find_whatWaitsNoLonger_countsTheCopiesOfBefore() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            long read = harness.nowMillis();
            harness.advance(Duration.ofHours(2));
            assertThat(harness.stored(LearningTopology.PENDING)).isZero();
            assertThat(harness.find("e-1")).isEqualTo(new Place(0, 1, read, 2));

            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            assertThat(harness.find("e-1")).isEqualTo(new Place(0, 2, harness.nowMillis(), 3));
        }
    }

    @Test
    void find_ofCopiesThatClocksDisagreeAbout_isTheLastOnTheTopic() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            long behind = harness.nowMillis() - 5000;
            byte[] place =
                    ByteBuffer.allocate(16).putInt(0).putLong(1).putInt(1).array();
            harness.past().put(EventKey.of("e-1"), place, behind);

            assertThat(harness.find("e-1")).isEqualTo(new Place(0, 1, behind, 2));
        }
    }

    @Test
    void predictions_thatWaitedForAWeekAndMore_areNotKeptLonger() throws IOException {
        try (Harness harness = new Harness(patient("8d"))) {
            harness.send(prediction("e-1", 0.1, 0.5, 0.9));
            harness.advance(Duration.ofDays(8).minusMinutes(1));
            assertThat(harness.find("e-1")).isNotNull();

            harness.advance(Duration.ofMinutes(2));
            assertThat(harness.find("e-1")).isNull();
        }
    }

    @Test
    void retention_isAWeek_orAsLongAsALabelMayCome() {
        assertThat(PredictionIndex.retention(Samples.spec())).isEqualTo(WEEK);
        assertThat(PredictionIndex.retention(patient("45d"))).isEqualTo(Duration.ofDays(45));
    }

    private static EnsembleSpec patient(String maxDelay) {
        return Samples.spec("maxDelay: 1h", "maxDelay: " + maxDelay);
    }

    @Test
    void find_whatWasRefused_findsNothing() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("other", "foreign", 0.1, 0.5, 0.9));
            harness.sendPrediction(Harness.bytes("another key"), harness.bytes(prediction("e-1", 0.1, 0.5, 0.9)));

            assertThat(harness.find("foreign")).isNull();
            assertThat(harness.find("e-1")).isNull();
            assertThat(harness.deadLetters()).hasSize(1);
        }
    }
}
