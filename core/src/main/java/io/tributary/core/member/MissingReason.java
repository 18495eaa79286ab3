package io.tributary.core.member;

import io.tributary.core.Task;
import org.jspecify.annotations.Nullable;

/** Why a member's score is missing from a prediction. */
public enum MissingReason {
    /** The model failed on the batch. */
    ERROR("error"),
    /** The model's output had another shape than one score a row. */
    WRONG_SHAPE("wrong-shape"),
    /** The score was not a number. */
    NOT_A_NUMBER("not-a-number"),
    /** The score lay outside what the task allows: [0, 1] for classes, the finite numbers otherwise. */
    OUT_OF_RANGE("out-of-range");

    private final String label;

    MissingReason(String label) {
        this.label = label;
    }

    /** The reason as predictions carry it. */
    public String label() {
        return label;
    }

    /** What is wrong with a score; null if nothing is. */
    public static @Nullable MissingReason of(Task task, double score) {
        if (Double.isNaN(score)) {
            return NOT_A_NUMBER;
        }
        boolean inRange = task.isClasses() ? score >= 0 && score <= 1 : Math.abs(score) <= Double.MAX_VALUE;
        return inRange ? null : OUT_OF_RANGE;
    }

    /** The reason that a failure of {@link Member#score} stands for. */
    public static MissingReason ofFailure(Throwable failure) {
        return failure instanceof WrongShapeException ? WRONG_SHAPE : ERROR;
    }
}
