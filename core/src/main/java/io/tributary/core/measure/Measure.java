package io.tributary.core.measure;

import io.tributary.core.Prediction;
import io.tributary.core.Task;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What must be kept to tell one scorer's figures. Two of them over parts of the events, one after the other, add up to
 * the one over all, and an event can be taken out again.
 */
abstract class Measure {

    /** A measure for a task that has seen nothing. */
    static Measure of(Task task, double clip, double threshold, double quantile) {
        return task == Task.BINARY ? new BinaryMeasure(clip, threshold) : new NumberMeasure(task, quantile);
    }

    /** Adds an event, or takes it out with {@code times} −1. Nothing happens when the score is NaN. */
    abstract void observe(double score, double label, int times);

    /** Adds an emitted interval, or takes it out. */
    void observeInterval(Prediction.@Nullable Interval interval, double label, int times) {}

    /** Adds what another of the same kind saw after this one. */
    abstract void merge(Measure later);

    abstract long count();

    /** The figures, given how many labelled events there were in all. */
    abstract Figures figures(String scorer, long labelled);

    /** The most bytes that {@link #write} takes. */
    abstract int maxBytes();

    abstract void write(ByteBuffer into);

    abstract void read(ByteBuffer from);

    static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
