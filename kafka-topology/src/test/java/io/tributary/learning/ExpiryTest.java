package io.tributary.learning;

import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private Harness harness;

    @BeforeEach
    void start() throws IOException {
        harness = new Harness(Samples.spec());
    }

    @AfterEach
    void stop() throws IOException {
        harness.close();
    }

    private void assertStored(int events) {
        assertThat(harness.stored(LearningTopology.PENDING)).isEqualTo(events);
        assertThat(harness.expiring()).isEqualTo(events);
    }

    @Test
    void events_pastTheirDelay_leaveNothingBehindAndAreCounted() {
        harness.send(prediction("unlabelled", 0.1, 0.5, 0.9));
        harness.send(outcome("unpredicted", 1));
        harness.send(prediction("joined", 0.1, 0.5, 0.9));
        harness.send(outcome("joined", 1));
        harness.advance(Duration.ofMinutes(60));
        assertStored(3);

        harness.advance(Duration.ofSeconds(1));

        assertStored(0);
        assertThat(harness.count("expired-unlabelled")).isEqualTo(1);
        assertThat(harness.count("expired-unpredicted")).isEqualTo(1);
    }

    @Test
    void age_runsFromTheFirstSide_andNotFromEventTime() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.advance(Duration.ofMinutes(40));
        harness.send(outcome("e1", 1));
        harness.send(prediction("e2", 0.1, 0.5, 0.9));
        harness.advance(Duration.ofMinutes(21));
        assertStored(1);

        harness.advance(Duration.ofMinutes(40));

        assertStored(0);
        assertThat(harness.count("expired-unlabelled")).isEqualTo(1);
    }

    @Test
    void outcome_afterItsEventExpired_waitsAsUnpredicted() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.advance(Duration.ofMinutes(61));
        harness.send(outcome("e1", 1));

        assertThat(harness.feedback()).isEmpty();
        assertStored(1);
    }

    @Test
    void outcomesBehind_giveEventsTwiceTheirTime() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        harness.advance(Duration.ofMinutes(59));
        Instant longAgo = Instant.ofEpochMilli(harness.nowMillis()).minus(Duration.ofHours(3));
        harness.advance(Duration.ofMillis(59_500));
        harness.send(outcome("e2", 1), longAgo);
        harness.advance(Duration.ofSeconds(2));
        assertStored(2);
        harness.send(outcome("e1", 1), longAgo);
        assertThat(harness.feedback()).hasSize(1);

        harness.advance(Duration.ofMinutes(1));

        assertStored(1);
    }

    @Test
    void outcomesAlwaysBehind_doNotKeepEventsForEver() {
        harness.send(prediction("e1", 0.1, 0.5, 0.9));
        for (int i = 0; i < 5; i++) {
            harness.advance(Duration.ofMinutes(30));
            harness.send(outcome("e2", 1), Instant.EPOCH);
        }
        harness.advance(Duration.ofSeconds(1));

        assertStored(1);
        assertThat(harness.count("expired-unlabelled")).isEqualTo(1);
    }
}
