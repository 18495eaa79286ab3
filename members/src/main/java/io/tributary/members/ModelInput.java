package io.tributary.members;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.spec.MemberSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one array that a model reads, laid out in a direct buffer that engines read in place. */
final class ModelInput {

    private final ColumnPlan plan;
    private final boolean whole;
    private final long[] shape;
    private @Nullable ByteBuffer bytes;
    private final boolean[] notWhole;

    /** Laid out as the member's spec says. */
    ModelInput(ColumnPlan plan, MemberSpec.Input input) {
        this.plan = plan;
        this.whole = input.whole();
        this.shape = new long[1 + Math.max(1, input.shape().size())];
        shape[1] = plan.width();
        for (int i = 0; i < input.shape().size(); i++) {
            shape[i + 1] = input.shape().get(i);
        }
        this.notWhole = new boolean[plan.maxBatch()];
    }

    private int bytesOfAValue() {
        return whole ? Long.BYTES : Float.BYTES;
    }

    /** Whether its values are 64-bit integers, and else 32-bit floats. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the model reads a batch's values as they are, without being laid out. */
    boolean isAsBatch() {
        return !whole && plan.isAll();
    }

    /**
     * Lays out a batch.
     *
     * @param rows how many rows the array is to have, at least the batch's; the last is repeated
     * @return the array's bytes, which the next batch overwrites
     */
    ByteBuffer of(FeatureBatch batch, int rows) {
        if (bytes == null) {
            bytes = ByteBuffer.allocateDirect(plan.maxBatch() * plan.width() * bytesOfAValue())
                    .order(ByteOrder.nativeOrder());
        }
        bytes.clear();
        if (whole) {
            plan.copy(batch, rows, bytes.asLongBuffer(), notWhole);
        } else {
            plan.copy(batch, rows, bytes.asFloatBuffer());
        }
        return bytes.limit(rows * plan.width() * bytesOfAValue());
    }

    /** The shape of an array of so many rows, which the next call overwrites. */
    long[] shape(int rows) {
        shape[0] = rows;
        return shape;
    }

    /** Takes the scores from the rows that could not be told to the model. */
    void silence(int rows, double[] scores) {
        int width = plan.scoreWidth();
        for (int row = 0; whole && row < rows; row++) {
            if (notWhole[row]) {
                Arrays.fill(scores, row * width, (row + 1) * width, Double.NaN);
            }
        }
    }
}
