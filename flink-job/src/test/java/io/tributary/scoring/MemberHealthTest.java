package io.tributary.scoring;

import static io.tributary.scoring.MemberHealth.FIRST_PAUSE_MILLIS;
import static io.tributary.scoring.MemberHealth.LONGEST_PAUSE_MILLIS;
import static io.tributary.scoring.MemberHealth.MISSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.scoring.MemberHealth.Role;
import org.junit.jupiter.api.Test;

class MemberHealthTest {

    private static final long DEADLINE = 200;

    private final MemberHealth health = new MemberHealth(DEADLINE);

    private void miss(int times, long at) {
        for (int i = 0; i < times; i++) {
            health.missed(at);
        }
    }

    @Test
    void fewMisses_orMissesWithAnswersBetween_changeNothing() {
        for (int i = 0; i < 5; i++) {
            miss(MISSES - 1, 10);
            assertThat(health.role(11, false, 0)).isEqualTo(Role.MEMBER);
            health.answered();
        }
    }

    @Test
    void missesInARow_putItAside_untilATrial() {
        miss(MISSES, 10);

        assertThat(health.isAside()).isTrue();
        assertThat(health.role(10 + FIRST_PAUSE_MILLIS - 1, true, 0)).isEqualTo(Role.ASIDE);
        assertThat(health.role(10 + FIRST_PAUSE_MILLIS, false, 0)).isEqualTo(Role.ASIDE);
        assertThat(health.role(10 + FIRST_PAUSE_MILLIS, true, 0)).isEqualTo(Role.TRIAL);
        assertThat(health.role(11 + FIRST_PAUSE_MILLIS, false, 0)).isEqualTo(Role.ASIDE);
    }

    @Test
    void trialInTime_makesItWholeAgain() {
        miss(MISSES, 10);
        health.role(10 + FIRST_PAUSE_MILLIS, true, 5000);

        assertThat(health.role(11 + FIRST_PAUSE_MILLIS, true, DEADLINE)).isEqualTo(Role.MEMBER);
        miss(MISSES, 5000);
        assertThat(health.role(5000 + FIRST_PAUSE_MILLIS, true, 0)).isEqualTo(Role.TRIAL);
    }

    @Test
    void trialsThatTakeTooLong_doubleThePause_upToTheLongest() {
        miss(MISSES, 10);
        long now = 10;
        long pause = FIRST_PAUSE_MILLIS;
        for (int trial = 0; trial < 10; trial++) {
            now += pause;
            assertThat(health.role(now, true, 0)).isEqualTo(Role.TRIAL);
            now += 5;
            assertThat(health.role(now, true, DEADLINE + 1)).isEqualTo(Role.ASIDE);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            assertThat(health.role(now + pause - 1, true, DEADLINE + 1)).isEqualTo(Role.ASIDE);
        }
        assertThat(pause).isEqualTo(LONGEST_PAUSE_MILLIS);
    }
}
