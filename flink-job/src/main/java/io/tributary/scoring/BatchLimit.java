package io.tributary.scoring;

/**
 * How large a batch may become: as large as the spec allows, as long as members answer such batches within half of the
 * deadline. The other half is for what waits before them. Grows by steps and shrinks by halves (AIMD, as Clipper sizes
 * its batches: Crankshaw et al., NSDI 2017, section 4.3). Used by the task's thread alone.
 */
final class BatchLimit {

    /** Sixteen full batches in good time let the limit grow from one event to all that the spec allows. */
    private static final int STEPS = 16;

    private final int most;
    private final long targetMillis;
    private int rows;

    /**
     * As large as the spec allows.
     *
     * @param most the most events of a batch, from 1
     */
    BatchLimit(int most, long deadlineMillis) {
        this.most = most;
        this.targetMillis = Math.max(1, deadlineMillis / 2);
        this.rows = most;
    }

    /** The most events that a batch may have now, from 1. */
    int rows() {
        return rows;
    }

    /** The most events that a batch may ever have. */
    int most() {
        return most;
    }

    /**
     * A batch has been answered.
     *
     * @param size how many events it had
     * @param tookMillis how long the slowest member took for it
     */
    void answered(int size, long tookMillis) {
        if (tookMillis > targetMillis) {
            // A smaller one that was on its way when the limit shrank says nothing new.
            rows = Math.max(1, Math.min(rows, (size + 1) / 2));
        } else if (size >= rows) {
            rows = Math.min(most, rows + Math.max(1, most / STEPS));
        }
    }
}
