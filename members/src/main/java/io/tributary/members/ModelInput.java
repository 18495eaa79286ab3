package io.tributary.members;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.spec.MemberSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The one array that a model reads, laid out in a direct buffer that engines read in place. */
final class ModelInput {

    private final ColumnPlan plan;
    private final DataType type;
    private final long[] shape;
    private final ByteBuffer bytes;
    private final boolean[] notWhole;

    /** Laid out as the member's spec says. */
    ModelInput(ColumnPlan plan, MemberSpec.Input input) {
        this.plan = plan;
        this.type = input.whole() ? DataType.INT64 : DataType.FLOAT32;
        this.shape = new long[1 + Math.max(1, input.shape().size())];
        shape[1] = plan.width();
        for (int i = 0; i < input.shape().size(); i++) {
            shape[i + 1] = input.shape().get(i);
        }
        this.bytes = ByteBuffer.allocateDirect(plan.maxBatch() * plan.width() * type.getNumOfBytes())
                .order(ByteOrder.nativeOrder());
        this.notWhole = new boolean[plan.maxBatch()];
    }

    /**
     * The array of a batch, which the manager closes.
     *
     * @param rows how many rows it is to have, at least the batch's; the last is repeated
     */
    NDArray of(FeatureBatch batch, int rows, NDManager manager) {
        bytes.clear();
        if (type == DataType.INT64) {
            plan.copy(batch, rows, bytes.asLongBuffer(), notWhole);
        } else {
            plan.copy(batch, rows, bytes.asFloatBuffer());
        }
        bytes.limit(rows * plan.width() * type.getNumOfBytes());
        shape[0] = rows;
        return manager.create(bytes, new Shape(shape), type);
    }

    /** Takes the scores from the rows that could not be told to the model. */
    void silence(int rows, double[] scores) {
        int width = plan.scoreWidth();
        for (int row = 0; row < rows; row++) {
            if (notWhole[row]) {
                Arrays.fill(scores, row * width, (row + 1) * width, Double.NaN);
            }
        }
    }
}
