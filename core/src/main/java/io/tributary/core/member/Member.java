package io.tributary.core.member;

/**
 * A model, or set of rules, that is ready to score. One thread uses it at a time. Closing it gives back all memory that
 * is not the JVM's.
 */
public interface Member extends AutoCloseable {

    /**
     * Scores every row of a batch.
     *
     * @param batch at least one row; only read
     * @param scores where row i's score goes: the {@code width} numbers from index {@code i * width} on, one unless there
     *     are several classes. A row that cannot be scored is NaN. What is beyond the last row is left as it is.
     * @throws WrongShapeException if the model's output has another shape
     * @throws Exception if the model fails; then no row counts as scored
     */
    void score(FeatureBatch batch, double[] scores) throws Exception;

    /** Closing twice does nothing. */
    @Override
    void close();
}
