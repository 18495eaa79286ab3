package io.tributary.core.member;

import org.jspecify.annotations.Nullable;

/** Why a member's score is missing from a prediction. */
public enum MissingReason {
    /** The model failed on the batch. */
    ERROR("error"),
    /** The model's output had another shape than one score a row. */
    WRONG_SHAPE("wrong-shape"),
    /** The score was not a number. */
    NOT_A_NUMBER("not-a-number"),
    /** The score lay outside what the task allows: for classes, [0, 1]. */
    OUT_OF_RANGE("out-of-range");

    private final String label;

    MissingReason(String label) {
        this.label = label;
    }

    /** The reason as predictions carry it. */
    public String label() {
        return label;
    }

    /** What is wrong with a probability; null if nothing is. */
    public static @Nullable MissingReason ofProbability(double score) {
        if (Double.isNaN(score)) {
            return NOT_A_NUMBER;
        }
        return score >= 0 && score <= 1 ? null : OUT_OF_RANGE;
    }

    /** The reason that a failure of {@link Member#score} stands for. */
    public static MissingReason ofFailure(Throwable failure) {
        return failure instanceof WrongShapeException ? WRONG_SHAPE : ERROR;
    }
}
