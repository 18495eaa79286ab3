package io.tributary.members;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.WrongShapeException;

/**
 * A model that DJL runs.
 *
 * <p>DJL 0.36.0 loses the handle of the input whenever a TorchScript model throws: about 400 bytes a failed call, which
 * closing the model does not give back.
 */
final class DjlMember implements Member {

    private final Model model;
    private final Block block;
    private final ParameterStore parameters;
    private final ColumnPlan plan;
    private final ModelInput input;
    private boolean closed;

    /** Takes over the loaded model and closes it when it is closed itself. */
    DjlMember(Model model, ColumnPlan plan, ModelInput input) {
        this.model = model;
        this.block = model.getBlock();
        this.parameters = new ParameterStore(model.getNDManager(), false);
        this.plan = plan;
        this.input = input;
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws WrongShapeException {
        int rows = batch.rows();
        // All that the call makes, the model's answer too, is this manager's and goes with it.
        try (NDManager call = model.getNDManager().newSubManager()) {
            NDList read = new NDList(input.of(batch, call));
            ModelOutput.read(block.forward(parameters, read, false), rows, plan.scoreWidth(), scores);
        }
        input.silence(rows, scores);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.close();
        }
    }
}
