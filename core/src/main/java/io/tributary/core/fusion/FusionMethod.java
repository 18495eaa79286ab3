package io.tributary.core.fusion;

import io.tributary.core.Task;
import java.util.Arrays;
import java.util.List;

/** What is done with the members' scores. */
public enum FusionMethod {
    /** The weighted mean of the scores: the linear opinion pool. */
    MEAN("mean", false),
    /** The weighted mean of the scores' log-odds, of several classes of their logarithms: the logarithmic opinion pool. */
    LOG_ODDS("log-odds", true),
    /** The weighted mean of the classes' probabilities, of which the largest decides; for classes what the mean is. */
    SOFT_VOTE("soft-vote", true),
    /** The weighted share of the members that hold each class to be the likeliest. */
    HARD_VOTE("hard-vote", true),
    /** The weighted median of the scores. */
    MEDIAN("median", false),
    /** The weighted mean without a share of the weight at either end of the sorted scores. */
    TRIMMED_MEAN("trimmed-mean", false),
    /** A regression on the scores, with a bias: on their log-odds for classes, on the scores themselves for numbers. */
    STACK("stack", false);

    private final String label;
    private final boolean classesOnly;

    FusionMethod(String label, boolean classesOnly) {
        this.label = label;
        this.classesOnly = classesOnly;
    }

    /** The method as specs and records name it. */
    public String label() {
        return label;
    }

    /** Whether it makes sense for a task. */
    public boolean suits(Task task) {
        if (this == STACK && task == Task.QUANTILE) {
            // Least squares learns the mean.
            return false;
        }
        boolean ordered = this == MEDIAN || this == TRIMMED_MEAN;
        return task.isClasses() ? !(ordered && task == Task.MULTICLASS) : !classesOnly;
    }

    /** Whether its parameters are weights that sum to 1. */
    public boolean isWeighted() {
        return this != STACK;
    }

    /** Whether the fused score, on the scale of its link, is the sum of the members' weighted scores. */
    public boolean isLinear() {
        return this == MEAN || this == LOG_ODDS || this == SOFT_VOTE;
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FusionMethod::label).toList();
    }

    /** The labels of the methods that suit a task. */
    public static List<String> labels(Task task) {
        return Arrays.stream(values())
                .filter(method -> method.suits(task))
                .map(FusionMethod::label)
                .toList();
    }

    /**
     * The method with the given label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FusionMethod of(String label) {
        for (FusionMethod method : values()) {
            if (method.label.equals(label)) {
                return method;
            }
        }
        throw new IllegalArgumentException(
                "there is no fusion '" + label + "'; known are " + String.join(", ", labels()));
    }
}
