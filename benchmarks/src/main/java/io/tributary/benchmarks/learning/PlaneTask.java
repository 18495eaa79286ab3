package io.tributary.benchmarks.learning;

import io.tributary.benchmarks.process.ChildTask;
import java.io.Serializable;

/**
 * Something done with a case's plane in the measured JVM.
 *
 * @param what the case
 * @param deed what is done
 */
record PlaneTask<R extends Serializable>(LearningCase what, Deed<R> deed) implements ChildTask<R> {
    private static final long serialVersionUID = 1L;

    /** What is done. */
    interface Deed<R extends Serializable> extends Serializable {
        R with(MeasuredPlane plane) throws Exception;
    }

    @Override
    public R call() throws Exception {
        return deed.with(MeasuredPlane.of(what));
    }
}
