package io.tributary.core.learn;

import io.tributary.core.Task;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.spec.LearningPlan;

/**
 * What all candidates of an ensemble have in common.
 *
 * @param members how many members there are
 * @param classes how many numbers a score is: the number of classes if there are several, else 1
 * @param clip probabilities are kept this far from 0 and 1 where a logarithm is taken
 * @param trim the share of the weight that a trimmed mean leaves out at either end
 * @param loss what is minimised
 */
public record Ensemble(Task task, int members, int classes, double clip, double trim, Loss loss) {

    /** What all candidates of a plan have in common. */
    public static Ensemble of(LearningPlan plan) {
        return new Ensemble(
                plan.task(),
                plan.members().size(),
                plan.classes(),
                plan.fusion().clip(),
                plan.fusion().trim(),
                plan.learning().loss());
    }

    /** A fuser by the given method. */
    public Fuser fuser(FusionMethod method) {
        return new Fuser(method, task, classes, clip, trim, members);
    }

    /** The loss of a score of one number, or one a class. */
    public double loss(double[] score, double label) {
        if (classes == 1) {
            return loss.of(safe(score[0]), label);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += loss.ofClass(safe(score[c]), c == (int) label);
        }
        return sum;
    }

    private double safe(double score) {
        return loss == Loss.LOG ? Math.min(1 - clip, Math.max(clip, score)) : score;
    }
}
