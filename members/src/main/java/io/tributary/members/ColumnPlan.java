package io.tributary.members;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/** Which columns of a batch a member reads, looked up once and kept in the order that its model expects. */
final class ColumnPlan {

    /** From here on a float stands for several whole numbers. */
    private static final float FIRST_INEXACT = 0x1p24f;

    private static final int APART = -1;

    private final int[] indices;
    private final int first;
    private final MemberSetup setup;

    private ColumnPlan(int[] indices, MemberSetup setup) {
        this.indices = indices;
        this.first = first(indices);
        this.setup = setup;
    }

    /**
     * Plans for one member.
     *
     * @throws MemberException if the member reads a column that the batches lack
     */
    static ColumnPlan of(MemberSpec member, MemberSetup setup) {
        List<String> wanted = member.columns();
        int[] indices = new int[wanted.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = setup.columns().indexOf(wanted.get(i));
            if (indices[i] < 0) {
                throw new MemberException("member " + member.name() + " reads column " + wanted.get(i)
                        + ", which the spec's features do not make; correct the member's features");
            }
        }
        return new ColumnPlan(indices, setup);
    }

    /** The first of columns that follow one another, as they mostly do; −1 for others. */
    private static int first(int[] indices) {
        for (int i = 1; i < indices.length; i++) {
            if (indices[i] != indices[0] + i) {
                return APART;
            }
        }
        return indices.length == 0 ? APART : indices[0];
    }

    /** Whether the member reads a batch as it is: all of its columns, in their order. */
    boolean isAll() {
        return first == 0 && indices.length == batchColumns();
    }

    /** How many columns the member reads. */
    int width() {
        return indices.length;
    }

    /** Where in a batch's row the member's i-th column is. */
    int index(int i) {
        return indices[i];
    }

    /** How many columns a batch has. */
    int batchColumns() {
        return setup.columns().size();
    }

    /** The most rows a batch has. */
    int maxBatch() {
        return setup.maxBatch();
    }

    /** How many numbers a score is. */
    int scoreWidth() {
        return setup.width();
    }

    /** Refuses a batch of another size than was planned for. */
    void requireFit(FeatureBatch batch) {
        if (batch.columns() != batchColumns() || batch.rows() < 1 || batch.rows() > maxBatch()) {
            throw new IllegalArgumentException("a batch of " + batch.rows() + " rows and " + batch.columns()
                    + " columns; the member was opened for 1 to " + maxBatch() + " rows and " + batchColumns()
                    + " columns");
        }
    }

    /**
     * Writes the member's columns, row after row, from index 0 on. The buffer's position stays where it is.
     *
     * @param rows how many rows to write, at least the batch's: the last is written again, since a model that scores it
     *     once scores it twice
     */
    void copy(FeatureBatch batch, int rows, FloatBuffer into) {
        requireFit(batch);
        if (isAll()) {
            batch.copy(0, 0, batch.rows() * indices.length, into, 0);
        } else {
            for (int row = 0; row < batch.rows(); row++) {
                copyRow(batch, row, into, row * indices.length);
            }
        }
        for (int row = batch.rows(); row < rows; row++) {
            copyRow(batch, batch.rows() - 1, into, row * indices.length);
        }
    }

    private void copyRow(FeatureBatch batch, int row, FloatBuffer into, int at) {
        if (first >= 0) {
            batch.copy(row, first, indices.length, into, at);
            return;
        }
        for (int i = 0; i < indices.length; i++) {
            into.put(at + i, batch.get(row, indices[i]));
        }
    }

    /**
     * Writes the member's columns, row after row, from index 0 on. The buffer's position stays where it is.
     *
     * @param rows how many rows to write, at least the batch's: the last is written again
     * @param notWhole filled with whether a row has a value that is no whole number, or one of 2^24 and more, which a
     *     float cannot tell from its neighbours; such values are written as 0
     */
    void copy(FeatureBatch batch, int rows, LongBuffer into, boolean[] notWhole) {
        requireFit(batch);
        int last = batch.rows() - 1;
        int at = 0;
        for (int row = 0; row < rows; row++) {
            notWhole[row] = false;
            for (int index : indices) {
                float value = batch.get(Math.min(row, last), index);
                boolean whole = value == (long) value && Math.abs(value) < FIRST_INEXACT;
                into.put(at++, whole ? (long) value : 0);
                notWhole[row] |= !whole;
            }
        }
    }

    /** Writes the member's columns, row after row, from index 0 on. */
    void copy(FeatureBatch batch, float[] into) {
        requireFit(batch);
        int at = 0;
        for (int row = 0; row < batch.rows(); row++) {
            for (int index : indices) {
                into[at++] = batch.get(row, index);
            }
        }
    }
}
