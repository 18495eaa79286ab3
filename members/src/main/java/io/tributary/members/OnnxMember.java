package io.tributary.members;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.WrongShapeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A model that ONNX Runtime runs, and that other members may run at the same time. Its own API is called and not DJL's, a
 * call of which costs several times what a small model computes.
 */
final class OnnxMember implements Member {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final ModelPool<OrtSession>.Lease lease;
    private final OrtSession session;
    private final String inputName;
    private final ColumnPlan plan;
    private final BatchShapes shapes;
    private final ModelInput input;
    private final OnnxAnswer answer;

    /** Takes over the lease of the model and closes it when it is closed itself. */
    OnnxMember(ModelPool<OrtSession>.Lease lease, ColumnPlan plan, BatchShapes shapes, ModelInput input) {
        this.lease = lease;
        this.session = lease.model();
        this.inputName = session.getInputNames().iterator().next();
        this.plan = plan;
        this.shapes = shapes;
        this.input = input;
        this.answer = new OnnxAnswer(List.copyOf(session.getOutputNames()), plan.maxBatch());
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws OrtException, WrongShapeException {
        int rows = shapes.rows(batch.rows());
        try (OnnxTensor features = features(batch, rows)) {
            Map<String, OnnxTensor> inputs = Map.of(inputName, features);
            if (!answer.isKnown(rows) || !scoreAsBefore(inputs, rows, batch.rows(), scores)) {
                scoreAnew(inputs, rows, batch.rows(), scores);
            }
        }
        input.silence(batch.rows(), scores);
    }

    /** ONNX Runtime never writes to its inputs, so that members may share a batch where they read it as it is. */
    private OnnxTensor features(FeatureBatch batch, int rows) throws OrtException {
        long[] shape = input.shape(rows);
        if (input.isAsBatch() && rows == batch.rows()) {
            plan.requireFit(batch);
            return OnnxTensor.createTensor(environment, batch.inPlace(), shape);
        }
        ByteBuffer bytes = input.of(batch, rows);
        return input.isWhole()
                ? OnnxTensor.createTensor(environment, bytes.asLongBuffer(), shape)
                : OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
    }

    /** False if the model fails, or its answer has another shape than to the batch of the same size before. */
    private boolean scoreAsBefore(Map<String, OnnxTensor> inputs, int rows, int wanted, double[] scores)
            throws WrongShapeException {
        try (OnnxTensor into = answer.tensor(environment, rows)) {
            session.run(inputs, Map.of(answer.name(), into)).close();
        } catch (OrtException e) {
            answer.forget(rows);
            return false;
        }
        answer.output(rows).read(rows, wanted, plan.scoreWidth(), scores);
        return true;
    }

    private void scoreAnew(Map<String, OnnxTensor> inputs, int rows, int wanted, double[] scores)
            throws OrtException, WrongShapeException {
        try (OrtSession.Result result = session.run(inputs)) {
            List<ModelOutput> outputs = OnnxOutputs.of(result);
            ModelOutput found = ModelOutput.scoresAmong(outputs, rows, plan.scoreWidth());
            found.read(rows, wanted, plan.scoreWidth(), scores);
            if (outputs.size() == result.size() && result.get(outputs.indexOf(found)) instanceof OnnxTensor) {
                answer.learn(rows, outputs.indexOf(found), found);
            }
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
