package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.member.FakeMemberFactory;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many events make a batch: one where the members are idle, as many as have come where they are not. */
class BatchingTest {

    @TempDir
    Path folder;

    /** Member a scores a row for each permit; b scores at once. */
    private final Semaphore permits = new Semaphore(0);

    private final FakeMemberFactory members = new FakeMemberFactory("rules")
            .with("a", row -> {
                permits.acquireUninterruptibly();
                return 0.5;
            })
            .with("b", row -> 0.5);

    @AfterEach
    void letGo() {
        permits.release(1_000_000);
    }

    @Test
    void eventsThatComeWhileMembersWork_areTheNextBatch() throws Exception {
        try (ScoringHarness harness = open(folder, members)) {
            for (int i = 0; i < BATCH; i++) {
                harness.event(event(i));
            }
            permits.release(BATCH);

            assertThat(harness.await(BATCH)).extracting(Prediction::eventId).containsExactly("0", "1", "2", "3");
            assertThat(members.opened("b").get(0).batches()).isEqualTo(2);
        }
    }

    @Test
    void eventsThatHaveLingered_areABatchThoughMembersWork() throws Exception {
        try (ScoringHarness harness = open(folder, members)) {
            harness.event(event(0));
            harness.event(event(1));
            harness.setProcessingTime(9);
            harness.awaitIdle("b");
            assertThat(members.opened("b").get(0).batches()).isEqualTo(1);

            harness.setProcessingTime(10);

            harness.awaitIdle("b");
            assertThat(members.opened("b").get(0).batches()).isEqualTo(2);
        }
    }

    @Test
    void fullBatch_doesNotLinger() throws Exception {
        try (ScoringHarness harness = open(folder, members)) {
            for (int i = 0; i < 1 + BATCH; i++) {
                harness.event(event(i));
            }

            harness.awaitIdle("b");
            assertThat(members.opened("b").get(0).batches()).isEqualTo(2);
        }
    }

    @Test
    void eventsInARush_fillABatchThoughMembersAreIdle() throws Exception {
        permits.release(1_000);
        try (ScoringHarness harness = open(folder, members)) {
            rush(harness);
            int before = members.opened("b").get(0).batches();
            for (int i = 0; i < BATCH; i++) {
                harness.event(event(BATCH + i));
            }

            assertThat(harness.await(2 * BATCH)).hasSize(2 * BATCH);
            assertThat(members.opened("b").get(0).batches()).isEqualTo(before + 1);
        }
    }

    @Test
    void lastEventOfARush_lingersAndLeaves() throws Exception {
        permits.release(1_000);
        try (ScoringHarness harness = open(folder, members)) {
            rush(harness);
            harness.event(event(BATCH));
            harness.setProcessingTime(5010);
            harness.awaitIdle("b");
            assertThat(harness.predictions()).hasSize(BATCH);

            harness.setProcessingTime(5011);

            assertThat(harness.await(BATCH + 1)).hasSize(BATCH + 1);
            harness.event(event(BATCH + 1));
            assertThat(harness.await(BATCH + 2)).as("10 ms later there is none").hasSize(BATCH + 2);
        }
    }

    /** A batch in a millisecond, a tenth of what an event may linger. */
    private static void rush(ScoringHarness harness) throws Exception {
        harness.setProcessingTime(5000);
        for (int i = 0; i < BATCH; i++) {
            harness.event(event(i));
        }
        harness.await(BATCH);
        harness.setProcessingTime(5001);
    }

    @Test
    void limit_shrinksByHalvesWhileMembersTakeLong_andGrowsByStepsWhenTheyDoNot() {
        BatchLimit limit = new BatchLimit(64, 100);

        limit.answered(64, 51);
        assertThat(limit.rows()).isEqualTo(32);
        limit.answered(64, 51);
        assertThat(limit.rows()).as("it was as large before the limit shrank").isEqualTo(32);
        limit.answered(32, 51);
        limit.answered(16, 51);
        assertThat(limit.rows()).isEqualTo(8);

        limit.answered(7, 1);
        assertThat(limit.rows()).as("it was not full").isEqualTo(8);
        limit.answered(8, 50);
        assertThat(limit.rows()).isEqualTo(12);
        for (int i = 0; i < 100; i++) {
            limit.answered(limit.rows(), 1);
        }
        assertThat(limit.rows()).isEqualTo(64);
    }

    @Test
    void limit_ofMembersThatAreAlwaysSlow_isOneEvent() {
        BatchLimit limit = new BatchLimit(1, 100);
        limit.answered(1, 99);

        assertThat(limit.rows()).isEqualTo(1);
    }
}
