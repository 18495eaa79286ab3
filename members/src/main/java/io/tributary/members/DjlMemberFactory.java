package io.tributary.members;

import ai.djl.Model;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.ModelsInUse;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens ONNX models ({@code onnx}, on ONNX Runtime) and TorchScript models ({@code torchscript}, on PyTorch), both
 * through DJL, on the CPU or a GPU. An ONNX model has as many threads as the spec says, one unless it says so. Nothing is
 * downloaded.
 *
 * <p>A model takes one input of shape {@code [rows, columns]}, 32-bit floats, NaN where a feature is missing; it must
 * cope with those itself, since what it answers for such a row is its score. Where the spec says so the input is of
 * 64-bit integers, and a row with a value that is none has no score; or {@code [rows, …]} with the dimensions that it
 * states. A model that reads several arrays must make them of one. The answer is 32- or 64-bit floats:
 *
 * <ul>
 *   <li>{@code [rows]} or {@code [rows, 1]}: a score a row. For a single row, an answer without dimensions is one too.
 *   <li>{@code [rows, 2]}, when the two values of each row add up to 1: the probabilities of class 0 and class 1, of
 *       which the second is the score. Integers beside them are class labels and left out, as classifiers exported
 *       from scikit-learn give them; text labels do not say which class is the positive one and are refused.
 *   <li>{@code [rows, classes]} where the ensemble has several: a probability for each, in the order of the spec.
 *       Classifiers exported from scikit-learn have them in the order of {@code classes_}, which is sorted. Labels beside
 *       them are left out, texts too.
 * </ul>
 *
 * <p>Any other answer is a {@link io.tributary.core.member.WrongShapeException}.
 */
public final class DjlMemberFactory implements MemberFactory {

    private static final ModelPool<Model> POOL = new ModelPool<>(ThreadBudget.PROCESS, Model::close);

    @Override
    public List<String> kinds() {
        return List.of("onnx", "torchscript");
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.of();
    }

    @Override
    public boolean usesGpu(String kind) {
        return true;
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        Path file = Failures.file(member);
        ColumnPlan plan = ColumnPlan.of(member, setup);
        BatchShapes shapes = BatchShapes.on(
                setup.device(), plan.maxBatch(), setup.device().isGpu() && Convolutions.in(member, file));
        ModelInput input = new ModelInput(plan, member.input());
        ModelPool<Model>.Lease lease = POOL.take(
                ModelPool.Key.of(member, file, setup.device()),
                setup.nameOf(member),
                threads -> DjlLoading.load(member, file, setup.device(), threads));
        return lease.first(() -> WarmUp.run(new DjlMember(lease, plan, shapes, input), member, plan, shapes));
    }

    @Override
    public ModelsInUse inUse() {
        return POOL.inUse();
    }
}
