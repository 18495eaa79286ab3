package io.tributary.core.member;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of some events, row after row, in one array that is reused from batch to batch. Not safe for writing by
 * several threads; members only read it.
 */
public final class FeatureBatch {

    private final float[] values;
    private final int columns;
    private final int capacity;
    private int rows;
    private @Nullable FloatBuffer inPlace;
    private int rowsInPlace;

    /**
     * An empty batch.
     *
     * @param capacity the most rows it can hold, at least 1
     * @param columns how many features a row has, at least 1
     */
    public FeatureBatch(int capacity, int columns) {
        if (capacity < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a batch of " + capacity + " rows and " + columns + " columns: both must be at least 1");
        }
        this.capacity = capacity;
        this.columns = columns;
        this.values = new float[capacity * columns];
    }

    /** Appends a copy of the given row, of exactly {@link #columns()} values. */
    public void add(float[] row) {
        if (row.length != columns) {
            throw new IllegalArgumentException("a row of " + row.length + " features, must be " + columns);
        }
        System.arraycopy(row, 0, values, rows * columns, columns);
        rows++;
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
        rowsInPlace = 0;
    }

    /** The feature at a row and column, NaN where missing. */
    public float get(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of a row. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /**
     * Copies values that follow one another: of a row, or of several whole ones.
     *
     * @param row the row of the first
     * @param column its column
     * @param into where they go, from index {@code at} on; its position stays where it is
     */
    public void copy(int row, int column, int count, FloatBuffer into, int at) {
        into.put(at, values, row * columns + column, count);
    }

    /**
     * All values, row after row, in native memory, where engines read them without a copy of their own. The copy is made
     * once, however many members ask for it; nobody may write to it. Kept as long as the batch is.
     *
     * @return a view of its own for each caller, from the first value to the last
     */
    public FloatBuffer inPlace() {
        return copied().duplicate().limit(rows * columns);
    }

    private synchronized FloatBuffer copied() {
        if (inPlace == null) {
            inPlace = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        if (rowsInPlace < rows) {
            copy(rowsInPlace, 0, (rows - rowsInPlace) * columns, inPlace, rowsInPlace * columns);
            rowsInPlace = rows;
        }
        return inPlace;
    }

    /** How many rows it holds now. */
    public int rows() {
        return rows;
    }

    /** How many features a row has. */
    public int columns() {
        return columns;
    }

    /** The most rows it can hold. */
    public int capacity() {
        return capacity;
    }

    /** Whether no row fits any more. */
    public boolean isFull() {
        return rows == capacity;
    }
}
