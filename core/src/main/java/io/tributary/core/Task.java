package io.tributary.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an ensemble predicts, and so what a score is. */
public enum Task {
    /** Whether something holds: a score is the probability that it does, in [0, 1], a label 0 or 1. */
    BINARY,
    /** Which of several classes: a score is a probability for each, a label the number of the class, from 0. */
    MULTICLASS,
    /** How much: score and label are numbers in the target's unit. */
    REGRESSION,
    /** What the target stays below with a stated probability: score and label are numbers in its unit. */
    QUANTILE;

    /** The task as specs name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Task::label).toList();
    }

    /**
     * The task with the given label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Task of(String label) {
        for (Task task : values()) {
            if (task.label().equals(label)) {
                return task;
            }
        }
        throw new IllegalArgumentException(
                "there is no task '" + label + "'; known are " + String.join(", ", labels()));
    }

    /** Whether scores are probabilities. */
    public boolean isClasses() {
        return this == BINARY || this == MULTICLASS;
    }
}
