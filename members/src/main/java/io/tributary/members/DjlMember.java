package io.tributary.members;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.WrongShapeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A model that DJL runs. Its input is laid out in one direct buffer that engines read in place.
 *
 * <p>DJL 0.36.0 loses the handle of the input whenever a TorchScript model throws: about 400 bytes a failed call, which
 * closing the model does not give back.
 */
final class DjlMember implements Member {

    private final Model model;
    private final Block block;
    private final ParameterStore parameters;
    private final ColumnPlan plan;
    private final ByteBuffer bytes;
    private final FloatBuffer values;
    private boolean closed;

    /** Takes over the loaded model and closes it when it is closed itself. */
    DjlMember(Model model, ColumnPlan plan) {
        this.model = model;
        this.block = model.getBlock();
        this.parameters = new ParameterStore(model.getNDManager(), false);
        this.plan = plan;
        this.bytes = ByteBuffer.allocateDirect(plan.maxBatch() * plan.width() * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        this.values = bytes.asFloatBuffer();
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws WrongShapeException {
        plan.copy(batch, values);
        int rows = batch.rows();
        bytes.limit(rows * plan.width() * Float.BYTES);
        // All that the call makes, the model's answer too, is this manager's and goes with it.
        try (NDManager call = model.getNDManager().newSubManager()) {
            NDArray input = call.create(bytes, new Shape(rows, plan.width()), DataType.FLOAT32);
            ModelOutput.read(block.forward(parameters, new NDList(input), false), rows, plan.scoreWidth(), scores);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.close();
        }
    }
}
