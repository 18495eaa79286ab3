package io.tributary.core.member;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a member score batches so that a row on which it fails costs no other row its score: a batch on which it fails is
 * halved until the rows are alone on which it does. One bad row of n takes about 2·log2 n further calls. After twice as
 * many the rest is given up, so that a member that always fails is not asked once for every row. Reuses its buffers: not
 * for several threads.
 */
public final class RowIsolation {

    private final int width;
    private final FeatureBatch part;
    private final float[] row;
    private final double[] answers;
    private int callsLeft;
    private BooleanSupplier wanted = () -> true;

    /** For a member that was opened with the given setup. */
    public RowIsolation(MemberSetup setup) {
        this.width = setup.width();
        this.part = new FeatureBatch(setup.maxBatch(), setup.columns().size());
        this.row = new float[setup.columns().size()];
        this.answers = new double[setup.maxBatch() * setup.width()];
    }

    /**
     * Scores a batch.
     *
     * @param scores filled as {@link Member#score} does; NaN for a row that has no score
     * @param failed filled with whether the member failed on a row, or the row was given up
     * @param wanted whether the scores are still waited for; where not, no further call is made
     * @return how the member failed at first; null if it did not
     * @throws WrongShapeException if the model's output has another shape, which no row is to blame for
     */
    public @Nullable Throwable score(
            Member member, FeatureBatch batch, double[] scores, boolean[] failed, BooleanSupplier wanted)
            throws WrongShapeException {
        int rows = batch.rows();
        Arrays.fill(failed, 0, rows, false);
        Arrays.fill(scores, 0, rows * width, Double.NaN);
        try {
            member.score(batch, scores);
            return null;
        } catch (WrongShapeException e) {
            throw e;
        } catch (Throwable e) {
            rethrowIfBroken(e);
            // It may have written before it failed. A model that lacks a native symbol throws an Error.
            Arrays.fill(scores, 0, rows * width, Double.NaN);
            callsLeft = 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(rows));
            this.wanted = wanted;
            halve(member, batch, 0, rows, scores, failed);
            return e;
        }
    }

    private void halve(Member member, FeatureBatch batch, int from, int to, double[] scores, boolean[] failed) {
        if (to - from == 1) {
            failed[from] = true;
            return;
        }
        int middle = (from + to) >>> 1;
        score(member, batch, from, middle, scores, failed);
        score(member, batch, middle, to, scores, failed);
    }

    private void score(Member member, FeatureBatch batch, int from, int to, double[] scores, boolean[] failed) {
        if (callsLeft-- <= 0 || !wanted.getAsBoolean()) {
            Arrays.fill(failed, from, to, true);
            return;
        }
        part.clear();
        for (int i = from; i < to; i++) {
            for (int column = 0; column < row.length; column++) {
                row[column] = batch.get(i, column);
            }
            part.add(row);
        }
        int numbers = (to - from) * width;
        Arrays.fill(answers, 0, numbers, Double.NaN);
        try {
            member.score(part, answers);
            System.arraycopy(answers, 0, scores, from * width, numbers);
        } catch (Throwable e) {
            rethrowIfBroken(e);
            halve(member, batch, from, to, scores, failed);
        }
    }

    /** A row that is too deep for a model is that row's fault; memory that has run out is nobody's. */
    private static void rethrowIfBroken(Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
            throw error;
        }
    }
}
