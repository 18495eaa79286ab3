package io.tributary.scoring;

import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Batches that have left, to be used again once no member is at work on them. Used by the task's thread alone. */
final class BatchPool {

    private final EnsembleSpec spec;
    private final Deque<ScoreBatch> left = new ArrayDeque<>();

    BatchPool(EnsembleSpec spec) {
        this.spec = spec;
    }

    /** A batch has left; a member may still read it or write in it. */
    void add(ScoreBatch batch) {
        left.add(batch);
    }

    /** A batch without events: one that has left, or else a new one. */
    ScoreBatch take() {
        for (Iterator<ScoreBatch> all = left.iterator(); all.hasNext(); ) {
            ScoreBatch batch = all.next();
            if (batch.isReusable()) {
                all.remove();
                batch.clear();
                return batch;
            }
        }
        return new ScoreBatch(spec);
    }
}
