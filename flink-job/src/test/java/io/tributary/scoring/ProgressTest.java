package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long LEAST = 10;
    private static final long MOST = 100;

    private final Progress progress = new Progress(LEAST, MOST);

    /** For how long it may owe a batch before it is stuck. */
    private long patience(long number) {
        long millis = 0;
        while (!progress.isStuck(number, 1000 + millis)) {
            millis++;
        }
        return millis;
    }

    @Test
    void isStuck_ofAMemberThatHasAnsweredNothing_onlyAfterTheMost() {
        assertThat(patience(0)).isEqualTo(MOST);
    }

    @Test
    void isStuck_ofAMember_afterSeveralTimesWhatItTakes() {
        progress.answered(5_000);
        assertThat(patience(1)).isEqualTo(20);
        progress.answered(100);
        assertThat(patience(2)).as("it was slow just now").isBetween(LEAST, 20L);
    }

    @Test
    void isStuck_ofAQuickOne_notBeforeTheLeastAndOfASlowOne_afterTheMost() {
        progress.answered(20);
        assertThat(patience(1)).isEqualTo(LEAST);
        progress.answered(80_000);
        assertThat(patience(2)).isEqualTo(MOST);
    }

    @Test
    void isStuck_ofAMemberThatWasSlowLongAgo_isForgotten() {
        progress.answered(20_000);
        for (int batch = 0; batch < 100; batch++) {
            progress.answered(20);
        }
        assertThat(patience(101)).isEqualTo(LEAST);
    }

    @Test
    void isStuck_countsFromWhenItOwedTheOldest() {
        progress.answered(20);
        assertThat(progress.isStuck(1, 500)).isFalse();
        assertThat(progress.isStuck(2, 509)).isFalse();
        assertThat(progress.isStuck(2, 518)).isFalse();
        assertThat(progress.isStuck(2, 519)).isTrue();
    }
}
