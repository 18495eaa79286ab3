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

    /**
     * A measure for a task that has seen nothing.
     *
     * @param classes how many numbers a score is: the number of classes if there are several, else 1
     */
    static Measure of(Task task, int classes, double clip, double threshold, double quantile) {
        return switch (task) {
            case BINARY -> new BinaryMeasure(clip, threshold);
            case MULTICLASS -> new MulticlassMeasure(classes, clip);
            case REGRESSION, QUANTILE -> new NumberMeasure(task, quantile);
        };
    }

    /**
     * Adds an event. Nothing happens when the score or the label is NaN.
     *
     * @param scores where the score's numbers begin at index {@code at}
     */
    final void observe(double[] scores, int at, double label) {
        if (!Double.isNaN(scores[at]) && !Double.isNaN(label)) {
            add(scores, at, label, 1);
            follow(label);
        }
    }

    /**
     * Adds an event, or takes it out with {@code times} −1, because its label turned out to be another. It does not enter
     * the order in which labels came, for it has its place there.
     */
    final void change(double[] scores, int at, double label, int times) {
        if (!Double.isNaN(scores[at]) && !Double.isNaN(label)) {
            add(scores, at, label, times);
        }
    }

    /** Adds an event whose score and label are numbers, so many times. */
    abstract void add(double[] scores, int at, double label, int times);

    /** Takes note of the label that came next. */
    void follow(double label) {}

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
