package io.tributary.core.spec;

import io.tributary.core.Task;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Learners;
import io.tributary.core.learn.Loss;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how scores are fused and how that is learned; what is chosen depends on the task. */
final class LearningReader {

    private static final String METHOD = "method";
    private static final String LEARNER = "learner";
    private static final String ABOVE_ZERO = "above 0";

    /** The smallest clip that 1 − clip can tell from 1, with room to spare. */
    private static final double MIN_CLIP = 1e-15;

    private final Task task;
    private final Section learning;
    private final String learner;

    LearningReader(Task task, Section learning) {
        this.task = task;
        this.learning = learning;
        this.learner = learning.choice(LEARNER, Learners.AUTO, Learners.NAMES);
    }

    /** Reads the fusion, which the learner must be able to learn. */
    EnsembleSpec.Fusion fusion(Section fusion) {
        FusionMethod method = method(fusion);
        if (method != null && !method.suits(task)) {
            // What the spec names has been checked: this is the learner's own.
            learning.problem(
                    LEARNER,
                    "is " + learner + ", whose fusion does not suit task: " + task.label() + "; take auto or boa");
        }
        String mismatch = method == null ? null : Learners.mismatch(learner, method);
        if (mismatch != null) {
            (fusion.has(METHOD) ? fusion : learning)
                    .problem(fusion.has(METHOD) ? METHOD : LEARNER, "does not fit: " + mismatch);
        }
        EnsembleSpec.Fusion read = new EnsembleSpec.Fusion(
                method,
                fusion.number("clip", 1e-6, v -> v >= MIN_CLIP && v < 0.5, "in [1e-15, 0.5)"),
                fusion.number("trim", 0.1, v -> v >= 0 && v < 0.5, "in [0, 0.5)"),
                fusion.choice("calibration", "none", List.of("none", "platt")).equals("platt"),
                interval(fusion));
        if (read.calibrated() && task != Task.BINARY) {
            fusion.problem("calibration", "is platt, which goes with task: binary only; remove it");
        }
        fusion.rejectUnknownKeys();
        return read;
    }

    private @Nullable FusionMethod method(Section fusion) {
        if (fusion.has(METHOD)) {
            return FusionMethod.of(fusion.choice(METHOD, FusionMethod.MEAN.label(), FusionMethod.labels(task)));
        }
        return switch (learner) {
            case Learners.AUTO -> null;
            case Learners.STACK -> FusionMethod.STACK;
            default -> FusionMethod.MEAN;
        };
    }

    private double interval(Section fusion) {
        double level = fusion.number("interval", 0.9, v -> v > 0 && v < 1, "in (0, 1)");
        if (task != Task.REGRESSION && fusion.has("interval")) {
            fusion.problem("interval", "goes with task: regression only; remove it");
        }
        return task == Task.REGRESSION ? level : Double.NaN;
    }

    LearningSpec learning(double quantile) {
        List<String> losses = Loss.names(task);
        String loss = learning.choice("loss", losses.get(0), losses);
        Boolean gradient = learning.has("gradient") ? learning.flag("gradient", true) : null;
        LearnerSettings settings = new LearnerSettings(
                learning.number("eta", 1, v -> v > 0 && v < Double.POSITIVE_INFINITY, ABOVE_ZERO),
                learning.number("alpha", Double.NaN, v -> v >= 0 && v <= 1, "in [0, 1]"),
                learning.number("prior", 0.01, v -> v > 0 && v < Double.POSITIVE_INFINITY, ABOVE_ZERO),
                learning.number("window", Double.NaN, v -> v >= 1 && v < Double.POSITIVE_INFINITY, "at least 1"),
                learning.number("lambda", 0.5, v -> v >= 0 && v < Double.POSITIVE_INFINITY, "at least 0"),
                gradient,
                learning.number("newMemberShare", 0, v -> v > 0 && v < 1, "in (0, 1)"));
        LearningSpec read = new LearningSpec(
                learner,
                Loss.named(loss, quantile),
                settings,
                learning.number("maxImportance", 10, v -> v >= 1 && v < Double.POSITIVE_INFINITY, "at least 1"),
                segments(learning.section("segments")),
                learning.duration("publish", Duration.ofSeconds(1)));
        if (read.publish().isZero()) {
            learning.problem("publish", "is 0, must be at least 1ms");
        }
        learning.rejectUnknownKeys();
        return read;
    }

    private static LearningSpec.Segments segments(Section segments) {
        LearningSpec.Segments read = new LearningSpec.Segments(
                segments.number("evidence", 1000, v -> v > 0 && v < Double.POSITIVE_INFINITY, ABOVE_ZERO),
                segments.integer("most", 1000, 0, 100_000));
        segments.rejectUnknownKeys();
        return read;
    }
}
