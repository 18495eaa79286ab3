package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.backtest.Parameters;
import io.tributary.core.Task;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Learners;
import io.tributary.core.learn.Loss;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which learners run, and what they and their fusions are told. */
final class LearnerOptions {

    @Option(
            names = "--learner",
            paramLabel = "L",
            split = ",",
            description = "One or several of auto, boa, ml-poly, ml-prod, ml-ewa, hedge, fixed-share, ogd, adahedged, "
                    + "accuracy, stack. Default: auto, or the spec's.")
    private List<String> learners = new ArrayList<>();

    @Option(
            names = "--fusion",
            paramLabel = "F",
            description =
                    "mean, log-odds, soft-vote, hard-vote, median, trimmed-mean or stack. Default: what suits the "
                            + "learner. Learner stack always fuses in its own way.")
    private @Nullable String fusion;

    @Option(
            names = "--loss",
            paramLabel = "L",
            description = "What is minimised: log, brier, square, absolute, percentage or pinball. Default: what suits "
                    + "the task.")
    private @Nullable String loss;

    @Option(
            names = "--param",
            paramLabel = "K=V",
            description =
                    "clip, trim, threshold, interval, eta, alpha, prior, window, lambda or gradient; the last six "
                            + "also for one learner alone, as LEARNER.K=V. May be given several times.")
    private List<String> params = new ArrayList<>();

    /**
     * The plans for scores from a file, one a learner. A member that has not answered yet starts as the learner's
     * authors have it, without a share of its own; under auto, which has no author but us, as in a spec.
     */
    List<LearningPlan> plans(ScoresOptions scores) {
        Parameters parameters = new Parameters(params);
        Task task = scores.task();
        LearningPlan base = new LearningPlan(
                "backtest",
                1,
                task,
                scores.classes,
                task == Task.BINARY ? parameters.fusion("threshold", 0.5) : Double.NaN,
                scores.members,
                List.of(),
                List.of(),
                new EnsembleSpec.Fusion(
                        null,
                        parameters.fusion("clip", 1e-6),
                        parameters.fusion("trim", 0.1),
                        false,
                        task == Task.REGRESSION ? parameters.fusion("interval", 0.9) : Double.NaN),
                new LearningSpec(
                        Learners.AUTO,
                        loss(task, scores.quantile(), Loss.names(task).get(0)),
                        LearnerSettings.DEFAULT,
                        10,
                        new LearningSpec.Segments(1000, 0),
                        Duration.ofSeconds(1)));
        return plans(base, parameters, null);
    }

    private static LearnerSettings asPublished(String learner, LearnerSettings settings) {
        return learner.equals(Learners.AUTO) ? settings : settings.withNewMemberShare(Double.NaN);
    }

    /** The plans for a spec, one a learner; what is not given is as the spec has it. */
    List<LearningPlan> plans(EnsembleSpec spec) {
        Parameters parameters = new Parameters(params);
        LearningPlan own = spec.plan();
        EnsembleSpec.Fusion kept = own.fusion();
        LearningSpec learning = own.learning();
        LearningPlan base = new LearningPlan(
                own.ensemble(),
                own.version(),
                own.task(),
                own.classNames(),
                parameters.fusion("threshold", own.threshold()),
                own.members(),
                own.required(),
                own.shadows(),
                new EnsembleSpec.Fusion(
                        kept.method(),
                        parameters.fusion("clip", kept.clip()),
                        parameters.fusion("trim", kept.trim()),
                        kept.calibrated(),
                        Double.isNaN(kept.interval()) ? Double.NaN : parameters.fusion("interval", kept.interval())),
                learning.with(loss(own.task(), spec.quantile(), learning.loss().label())));
        return plans(base, parameters, learning.learner());
    }

    /**
     * One plan a learner.
     *
     * @param specs the learner whose fusion the base has; null if none
     */
    private List<LearningPlan> plans(LearningPlan base, Parameters parameters, @Nullable String specs) {
        List<String> names = learners.isEmpty() ? List.of(specs == null ? Learners.AUTO : specs) : learners;
        List<LearningPlan> plans = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            if (!Learners.NAMES.contains(name)) {
                throw new UsageError("--learner " + name + " is none; known are " + String.join(", ", Learners.NAMES));
            }
            FusionMethod method =
                    method(name, base.task(), name.equals(specs) ? base.fusion().method() : null);
            LearnerSettings settings = base.learning().settings();
            settings = parameters.settings(name, specs == null ? asPublished(name, settings) : settings);
            plans.add(base.with(base.fusion().with(method), base.learning().with(name, settings)));
        }
        return plans;
    }

    private @Nullable FusionMethod method(String learner, Task task, @Nullable FusionMethod otherwise) {
        if (learner.equals(Learners.STACK)) {
            if (!FusionMethod.STACK.suits(task)) {
                throw new UsageError("--learner stack does not suit --task " + task.label() + "; take auto or boa");
            }
            return FusionMethod.STACK;
        }
        if (fusion == null) {
            return otherwise != null || learner.equals(Learners.AUTO) ? otherwise : FusionMethod.MEAN;
        }
        if (!FusionMethod.labels(task).contains(fusion)) {
            throw new UsageError("--fusion is " + fusion + ", must for " + task.label() + " be one of "
                    + String.join(", ", FusionMethod.labels(task)));
        }
        FusionMethod method = FusionMethod.of(fusion);
        String mismatch = Learners.mismatch(learner, method);
        if (mismatch != null) {
            throw new UsageError("--fusion and --learner do not fit: " + mismatch);
        }
        return method;
    }

    private Loss loss(Task task, double quantile, String otherwise) {
        if (loss != null && !Loss.names(task).contains(loss)) {
            throw new UsageError("--loss is " + loss + ", must for " + task.label() + " be one of "
                    + String.join(", ", Loss.names(task)));
        }
        return Loss.named(loss == null ? otherwise : loss, quantile);
    }
}
