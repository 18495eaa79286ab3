package io.tributary.core.member;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A member that scores by a function of the row, and fails when it is told to. */
public final class FakeMember implements Member {

    private final Function<float[], double[]> function;
    private @Nullable Exception failure;
    private int batches;
    private boolean closed;

    private FakeMember(Function<float[], double[]> function) {
        this.function = function;
    }

    /** Scores every row by the given function of its features. */
    public static FakeMember of(ToDoubleFunction<float[]> function) {
        return ofClasses(row -> new double[] {function.applyAsDouble(row)});
    }

    /** Scores every row by the given function of its features, which gives a number a class. */
    public static FakeMember ofClasses(Function<float[], double[]> function) {
        return new FakeMember(function);
    }

    /** Gives every row the same score. */
    public static FakeMember always(double score) {
        return of(row -> score);
    }

    /** Fails with the given exception from now on; null makes it whole again. */
    public void failWith(@Nullable Exception newFailure) {
        failure = newFailure;
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws Exception {
        if (closed) {
            throw new IllegalStateException("the member is closed");
        }
        batches++;
        float[] features = new float[batch.columns()];
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < features.length; column++) {
                features[column] = batch.get(row, column);
            }
            double[] answer = function.apply(features);
            System.arraycopy(answer, 0, scores, row * answer.length, answer.length);
        }
        // A model may fail after it has written: what it wrote must not count then.
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** How many batches it has been given. */
    public int batches() {
        return batches;
    }

    /** Whether it has been closed. */
    public boolean isClosed() {
        return closed;
    }
}
