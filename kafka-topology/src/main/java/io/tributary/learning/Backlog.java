package io.tributary.learning;

import java.time.Duration;

/**
 * Whether outcomes are behind: whether some that were written a while ago are still to be read. One is behind if its
 * record's timestamp is old. After an outage time has passed for what is stored, and what was to happen in that time
 * waits in the topic; so whoever goes by the clock gives it twice as long while outcomes are behind. Twice and not for
 * ever, because some producers stamp records with times of long ago.
 */
final class Backlog {

    /** How old an outcome's record must be to count as behind, and how long that is remembered. */
    static final Duration BEHIND = Duration.ofMinutes(1);

    private final long startMillis;
    private long behindUntilMillis;

    /** Begins as if outcomes were behind: nothing is known of them yet. */
    Backlog(long nowMillis) {
        this.startMillis = nowMillis;
        this.behindUntilMillis = nowMillis + BEHIND.toMillis();
    }

    /** Takes note of an outcome's record. */
    void outcomeSeen(long recordTimestampMillis, long nowMillis) {
        if (recordTimestampMillis < nowMillis - BEHIND.toMillis()) {
            behindUntilMillis = nowMillis + BEHIND.toMillis();
        }
    }

    /** What a waiting time has to be multiplied by now. */
    int stretch(long nowMillis) {
        return nowMillis < behindUntilMillis ? 2 : 1;
    }

    /** How long it has been reading outcomes. */
    long readingMillis(long nowMillis) {
        return nowMillis - startMillis;
    }
}
