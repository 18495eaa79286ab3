package io.tributary.members;

import io.tributary.core.member.Device;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.ModelsInUse;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Opens gradient-boosted trees that XGBoost saved as {@code .json} or {@code .ubj} ({@code xgboost}), with as many threads a
 * model as the spec says, one unless it says so, and on the CPU. NaN is the trees' missing value. The answer is one value a row, transformed as the model's objective says,
 * or where the ensemble has several classes one a class ({@code multi:softprob}); another number of values is a
 * {@link io.tributary.core.member.WrongShapeException}.
 */
public final class XgboostMemberFactory implements MemberFactory {

    private static final ModelPool<Booster> POOL = new ModelPool<>(ThreadBudget.PROCESS, Booster::dispose);

    @Override
    public List<String> kinds() {
        return List.of("xgboost");
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        Path file = member.model();
        return file == null || hasKnownFormat(file)
                ? List.of()
                : List.of(new MemberProblem(member.line(), unknownFormat(member)));
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        Path file = Failures.file(member);
        if (!hasKnownFormat(file)) {
            throw new MemberException(unknownFormat(member));
        }
        ColumnPlan plan = ColumnPlan.of(member, setup);
        ModelPool<Booster>.Lease lease = POOL.take(
                ModelPool.Key.of(member, file, Device.CPU),
                setup.nameOf(member),
                threads -> load(member, file, threads));
        return lease.first(() -> {
            requireSameColumns(member, lease.model());
            return WarmUp.run(new XgboostMember(lease, plan), member, plan);
        });
    }

    @Override
    public ModelsInUse inUse() {
        return POOL.inUse();
    }

    private static Booster load(MemberSpec member, Path file, int threads) {
        try {
            return withThreads(XGBoost.loadModel(file.toString()), threads);
        } catch (XGBoostError e) {
            throw Failures.unreadable(member, e);
        } catch (LinkageError e) {
            throw Failures.noEngine(member, "XGBoost", e);
        }
    }

    private static Booster withThreads(Booster booster, int threads) throws XGBoostError {
        try {
            booster.setParam("nthread", threads);
            return booster;
        } catch (XGBoostError | RuntimeException | Error e) {
            booster.dispose();
            throw e;
        }
    }

    /** The trees split by column number alone, and would answer with nonsense to columns in another order. */
    private static void requireSameColumns(MemberSpec member, Booster booster) {
        long trainedOn;
        String[] names;
        try {
            trainedOn = booster.getNumFeature();
            names = booster.getFeatureNames();
        } catch (XGBoostError e) {
            throw Failures.unreadable(member, e);
        }
        List<String> columns = member.columns();
        if (trainedOn != columns.size()) {
            throw Failures.wrongWidth(member, trainedOn);
        }
        // Nulls where the model was trained on columns without names.
        List<String> trained = Arrays.asList(names);
        if (!trained.equals(columns) && new HashSet<>(trained).equals(new HashSet<>(columns))) {
            throw new MemberException("member " + member.name() + ": " + member.model()
                    + " was trained on the same columns in another order: " + String.join(", ", trained)
                    + "; list them in that order under the member's features");
        }
    }

    private static boolean hasKnownFormat(Path file) {
        String name = file.toString();
        return name.endsWith(".json") || name.endsWith(".ubj");
    }

    private static String unknownFormat(MemberSpec member) {
        return "member " + member.name() + ": " + member.model()
                + " must end in .json or .ubj; save the model in one of those formats";
    }
}
