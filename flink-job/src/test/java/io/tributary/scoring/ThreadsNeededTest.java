package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsNeededTest {

    private final ThreadsNeeded needed = new ThreadsNeeded();
    private long nowNanos;

    /** Batches that each take so long, a hundred microseconds apart. */
    private void answer(int batches, long tookMicros) {
        for (int i = 0; i < batches; i++) {
            nowNanos += 100_000;
            needed.answered(tookMicros, nowNanos);
        }
    }

    @Test
    void isOne_onceMembersWereQuickForManyBatches() {
        answer(ThreadsNeeded.BATCHES, 50);
        assertThat(needed.isOne()).isFalse();
        answer(1, 50);
        assertThat(needed.isOne()).isTrue();
    }

    @Test
    void isOne_whileMembersKeepAThreadBusy_isFalse() {
        answer(1000, 80);
        assertThat(needed.isOne()).isFalse();
    }

    @Test
    void isOne_whenTheOneHasMoreToDo_staysUntilItIsNearlyBusy() {
        answer(1000, 50);
        answer(1000, 80);
        assertThat(needed.isOne()).isTrue();
        answer(1000, 95);
        assertThat(needed.isOne()).isFalse();
    }

    @Test
    void isOne_afterASlowBatch_isFalseUntilManyWereQuick() {
        answer(1000, 50);
        answer(1, 1001);
        assertThat(needed.isOne()).isFalse();
        answer(ThreadsNeeded.MOST_BATCHES, 50);
        assertThat(needed.isOne()).isTrue();
        needed.all();
        assertThat(needed.isOne()).isFalse();
    }

    /** A member that is slow now and then does not have threads end and begin again all the time. */
    @Test
    void isOne_theOftenerItProvedWrong_isTheSlowerToBelieveIt() {
        answer(ThreadsNeeded.BATCHES + 1, 50);
        for (int enough = 2 * ThreadsNeeded.BATCHES; enough <= 4 * ThreadsNeeded.MOST_BATCHES; enough *= 2) {
            int expected = Math.min(enough, ThreadsNeeded.MOST_BATCHES);
            answer(1, 1001);
            answer(expected, 50);
            assertThat(needed.isOne()).as(expected + " batches").isFalse();
            answer(1, 50);
            assertThat(needed.isOne()).as(expected + " batches and one").isTrue();
        }

        // It proves right for long.
        answer(200 * (ThreadsNeeded.BATCHES + 1), 50);
        answer(1, 1001);
        answer(2 * ThreadsNeeded.BATCHES + 1, 50);
        assertThat(needed.isOne()).isTrue();
    }
}
