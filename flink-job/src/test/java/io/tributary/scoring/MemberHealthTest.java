package io.tributary.scoring;

import static io.tributary.scoring.MemberHealth.FIRST_PAUSE_MILLIS;
import static io.tributary.scoring.MemberHealth.LONGEST_PAUSE_MILLIS;
import static io.tributary.scoring.MemberHealth.MISSES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberHealthTest {

    private final MemberHealth health = new MemberHealth();

    private void miss(int times, long at) {
        for (int i = 0; i < times; i++) {
            health.missed(at, at - 1);
        }
    }

    @Test
    void fewMisses_orMissesWithAnswersBetween_changeNothing() {
        for (int i = 0; i < 5; i++) {
            miss(MISSES - 1, 10);
            assertThat(health.isAsked(11, true)).isTrue();
            health.answered();
        }
    }

    @Test
    void missesInARow_putItAside_untilATrial() {
        miss(MISSES, 10);

        assertThat(health.isAside()).isTrue();
        assertThat(health.isAsked(10 + FIRST_PAUSE_MILLIS - 1, true)).isFalse();
        assertThat(health.isAsked(10 + FIRST_PAUSE_MILLIS, true)).isTrue();
        // While it still hangs in a call, a trial would only wait behind that.
        assertThat(health.isAsked(10 + FIRST_PAUSE_MILLIS, false)).isFalse();
    }

    @Test
    void batchesFromBeforeItWasPutAside_doNotLengthenThePause() {
        miss(MISSES, 10);
        health.missed(12, 9);
        health.missed(13, 10);

        assertThat(health.isAsked(10 + FIRST_PAUSE_MILLIS, true)).isTrue();
    }

    @Test
    void failedTrials_doubleThePause_upToTheLongest() {
        miss(MISSES, 10);
        long now = 10;
        long pause = FIRST_PAUSE_MILLIS;
        for (int trial = 0; trial < 10; trial++) {
            now += pause;
            assertThat(health.isAsked(now, true)).isTrue();
            health.missed(now + 5, now);
            now += 5;
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            assertThat(health.isAsked(now + pause - 1, true)).isFalse();
        }
        assertThat(pause).isEqualTo(LONGEST_PAUSE_MILLIS);
    }

    @Test
    void answerToATrial_makesItWholeAgain() {
        miss(MISSES, 10);
        health.missed(3000, 2000);
        health.answered();

        assertThat(health.isAside()).isFalse();
        miss(MISSES, 5000);
        assertThat(health.isAsked(5000 + FIRST_PAUSE_MILLIS, true)).isTrue();
    }
}
