package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.member.FakeMemberFactory;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines count from an event's arrival, whoever else waits. The clock is the test's: a second is the deadline. */
class ScoringArrivalTest {

    private static final long DEADLINE = 1000;
    private static final long LINGER = 10;

    @TempDir
    Path folder;

    private final Semaphore permits = new Semaphore(0);

    private final FakeMemberFactory hanging = new FakeMemberFactory("rules")
            .with("a", row -> {
                permits.acquireUninterruptibly();
                return 0.25;
            })
            .with("b", row -> 0.75);

    @AfterEach
    void letGo() {
        permits.release(1_000_000);
    }

    /** More batches than the members are given at once: they would wait for it until it is late. */
    @Test
    void memberThatHangs_delaysNoEventThatComesMeanwhile() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            fill(harness, 0);
            harness.setProcessingTime(LINGER);
            fill(harness, BATCH);
            fill(harness, 2 * BATCH);
            harness.setProcessingTime(DEADLINE / 2 + LINGER);
            for (int batch = 3; batch < 12; batch++) {
                fill(harness, batch * BATCH);
            }
            harness.awaitIdle("b");
            harness.setProcessingTime(DEADLINE + LINGER);
            harness.await(3 * BATCH);
            // What was still lingering has just been handed over.
            harness.awaitIdle("b");
            harness.setProcessingTime(DEADLINE / 2 + LINGER + DEADLINE);

            assertThat(harness.await(12 * BATCH))
                    .allSatisfy(prediction -> assertThat(prediction.scores()[1]).isEqualTo(0.75));
        }
    }

    @Test
    void eventThatWaitedBefore_leavesByTheDeadlineAfterItArrived() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.setProcessingTime(5000);
            harness.event(event(0).arrivedAt(4600));
            harness.awaitIdle("b");
            harness.setProcessingTime(5599);
            assertThat(harness.predictions()).isEmpty();

            harness.setProcessingTime(5600);

            assertThat(harness.await(1)).hasSize(1);
        }
    }

    @Test
    void eventOfABacklog_hasHalfTheDeadlineAllTheSame() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.setProcessingTime(5000);
            harness.event(event(0).arrivedAt(17));
            harness.awaitIdle("b");
            harness.setProcessingTime(5499);
            assertThat(harness.predictions()).isEmpty();

            harness.setProcessingTime(5500);

            assertThat(harness.await(1)).hasSize(1);
        }
    }

    /** Two channels bring events in another order than that in which they were decoded. */
    @Test
    void eventDueBeforeThoseAhead_isNotLateForThem() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.setProcessingTime(5000);
            harness.event(event(0));
            harness.awaitIdle("b");
            for (int i = 1; i <= BATCH; i++) {
                harness.event(event(i).arrivedAt(4700));
            }
            harness.awaitIdle("b");
            harness.setProcessingTime(5700);

            assertThat(harness.await(1 + BATCH))
                    .extracting(Prediction::eventId)
                    .containsExactly("0", "1", "2", "3", "4");
        }
    }
}
