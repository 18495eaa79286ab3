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
import java.nio.ByteOrder;
import java.util.List;

/**
 * A TorchScript model, which DJL runs, and that other members may run at the same time.
 *
 * <p>DJL 0.36.0 loses the handle of the input whenever a TorchScript model throws: about 400 bytes a failed call, which
 * closing the model does not give back.
 */
final class TorchscriptMember implements Member {

    private final ModelPool<Model>.Lease lease;
    private final NDManager manager;
    private final Block block;
    private final ParameterStore parameters;
    private final ColumnPlan plan;
    private final BatchShapes shapes;
    private final ModelInput input;

    /** Takes over the lease of the model and closes it when it is closed itself. */
    TorchscriptMember(ModelPool<Model>.Lease lease, ColumnPlan plan, BatchShapes shapes, ModelInput input) {
        this.lease = lease;
        this.manager = lease.model().getNDManager();
        this.block = lease.model().getBlock();
        this.parameters = new ParameterStore(manager, false);
        this.plan = plan;
        this.shapes = shapes;
        this.input = input;
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws WrongShapeException {
        int rows = shapes.rows(batch.rows());
        // All that the call makes, the model's answer too, is this manager's and goes with it.
        try (NDManager call = manager.newSubManager()) {
            NDArray features = call.create(
                    input.of(batch, rows),
                    new Shape(input.shape(rows)),
                    input.isWhole() ? DataType.INT64 : DataType.FLOAT32);
            List<ModelOutput> outputs = block.forward(parameters, new NDList(features), false).stream()
                    .map(TorchscriptMember::output)
                    .toList();
            ModelOutput.scoresAmong(outputs, rows, plan.scoreWidth())
                    .read(rows, batch.rows(), plan.scoreWidth(), scores);
        }
        input.silence(batch.rows(), scores);
    }

    private static ModelOutput output(NDArray array) {
        return new ModelOutput(
                array.getDataType().toString(),
                array.getShape().getShape(),
                array.toByteBuffer(true).order(ByteOrder.nativeOrder()));
    }

    @Override
    public void close() {
        lease.close();
    }
}
