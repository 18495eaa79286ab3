package io.tributary.members;

import io.tributary.core.member.Device;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.ModelsInUse;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens models that read one array and answer with arrays, on the CPU or a GPU. Nothing is downloaded.
 *
 * <p>A model takes one input of shape {@code [rows, columns]}, 32-bit floats, NaN where a feature is missing; it must
 * cope with those itself, since what it answers for such a row is its score. Where the spec says so the input is of
 * 64-bit integers, and a row with a value that is none has no score; or {@code [rows, …]} with the dimensions that it
 * states. A model that reads several arrays must make them of one. The answer is 32- or 64-bit floats:
 *
 * <ul>
 *   <li>{@code [rows]} or {@code [rows, 1]}: a score a row. For a single row, an answer without dimensions is one too.
 *   <li>{@code [rows, 2]}, when the two values of each row add up to 1: the probabilities of class 0 and class 1, of
 *       which the second is the score. ONNX models may tell them by a map a row. Integers beside them are class labels and
 *       left out, as classifiers exported from scikit-learn give them; text labels do not say which class is the positive one and are refused.
 *   <li>{@code [rows, classes]} where the ensemble has several: a probability for each, in the order of the spec.
 *       Classifiers exported from scikit-learn have them in the order of {@code classes_}, which is sorted. Labels beside
 *       them are left out, texts too.
 * </ul>
 *
 * <p>Any other answer is a {@link io.tributary.core.member.WrongShapeException}.
 *
 * @param <M> what the engine calls a model
 */
public abstract class ModelMemberFactory<M> implements MemberFactory {

    private final String kind;
    private final ModelPool<M> pool;

    /** Opens models of a kind, which all factories of the process keep in one pool. */
    ModelMemberFactory(String kind, ModelPool<M> pool) {
        this.kind = kind;
        this.pool = pool;
    }

    /** Loads a model that may compute with so many threads. */
    abstract M load(MemberSpec member, Path file, Device device, int threads);

    /** A member that takes over the lease of its model, and closes it when it is closed itself. */
    abstract Member member(ModelPool<M>.Lease lease, ColumnPlan plan, BatchShapes shapes, ModelInput input);

    @Override
    public final List<String> kinds() {
        return List.of(kind);
    }

    @Override
    public final List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.of();
    }

    @Override
    public final boolean usesGpu(String asked) {
        return true;
    }

    @Override
    public final Member open(MemberSpec member, MemberSetup setup) {
        Path file = Failures.file(member);
        ColumnPlan plan = ColumnPlan.of(member, setup);
        BatchShapes shapes = BatchShapes.on(
                setup.device(), plan.maxBatch(), setup.device().isGpu() && Convolutions.in(member, file));
        ModelInput input = new ModelInput(plan, member.input());
        ModelPool<M>.Lease lease = pool.take(
                ModelPool.Key.of(member, file, setup.device()),
                setup.nameOf(member),
                threads -> load(member, file, setup.device(), threads));
        return lease.first(() -> WarmUp.run(member(lease, plan, shapes, input), member, plan, shapes));
    }

    @Override
    public final ModelsInUse inUse() {
        return pool.inUse();
    }
}
