package io.tributary.core.spec;

import io.tributary.core.Task;
import io.tributary.core.fusion.Fuser;
import java.util.List;

/**
 * The part of a spec that fusing and learning go by.
 *
 * @param ensemble the ensemble's name
 * @param version the spec's version
 * @param task what is predicted
 * @param classNames the classes' names, in the order of a score's numbers; empty unless there are several
 * @param threshold the score from which on a prediction counts as positive; NaN unless the task is binary
 * @param members the members' names, at least one
 * @param required those of them without which there is no score
 * @param shadows the members that are learned about and have no part in the fusion
 * @param fusion how scores are fused
 * @param learning how weights learn
 */
public record LearningPlan(
        String ensemble,
        int version,
        Task task,
        List<String> classNames,
        double threshold,
        List<String> members,
        List<String> required,
        List<String> shadows,
        EnsembleSpec.Fusion fusion,
        LearningSpec learning) {

    /** The same with another fusion and another way to learn. */
    public LearningPlan with(EnsembleSpec.Fusion otherFusion, LearningSpec otherLearning) {
        return new LearningPlan(
                ensemble, version, task, classNames, threshold, members, required, shadows, otherFusion, otherLearning);
    }

    /** How many numbers a score is: the number of classes if there are several, else 1. */
    public int classes() {
        return Math.max(1, classNames.size());
    }

    /** A fuser that gives all members the same weight. */
    public Fuser uniform() {
        return new Fuser(fusion.uniform(), task, classes(), fusion.clip(), fusion.trim(), members.size());
    }
}
