package io.tributary.scoring;

/** Since when a member has owed its oldest answer. Used by the task's thread alone. */
final class Progress {

    private long oldest = -1;
    private long sinceMillis;

    /**
     * For how long it has owed it.
     *
     * @param number which batch that is; below 0 if it owes none
     */
    long owedMillis(long number, long nowMillis) {
        if (oldest != number) {
            oldest = number;
            sinceMillis = nowMillis;
        }
        return nowMillis - sinceMillis;
    }
}
