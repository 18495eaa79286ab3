package io.tributary.core.member;

import io.tributary.core.Task;
import org.jspecify.annotations.Nullable;

/** Why a member's score is missing from a prediction. */
public enum MissingReason {
    /** The model failed on the batch. */
    ERROR("error", "it failed on this event"),
    /** The model's output had another shape than the task asks for: one score a row, or one a class and row. */
    WRONG_SHAPE("wrong-shape", "its output had another shape than the task asks for"),
    /** The score was not a number. */
    NOT_A_NUMBER("not-a-number", "it had nothing to say: its score was not a number"),
    /**
     * The score lay outside what the task allows: [0, 1] for classes, which must add up to 1 if there are several, the
     * finite numbers otherwise.
     */
    OUT_OF_RANGE("out-of-range", "its score lay outside of what the task allows"),
    /** The member had not answered by the deadline. */
    LATE("late", "it had not answered by the deadline"),
    /** The member was not asked, for it had missed deadlines before. */
    PUT_ASIDE("put-aside", "it was not asked, for it had missed deadlines before");

    /** How far from 1 the sum of class probabilities may be, for models that compute in few bits. */
    public static final double SUM_TOLERANCE = 1e-3;

    private final String label;
    private final String words;

    MissingReason(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** A reason as predictions carry it in words, as a clause about the member; as it is if it is none of these. */
    public static String words(String label) {
        for (MissingReason reason : values()) {
            if (reason.label.equals(label)) {
                return reason.words;
            }
        }
        return label;
    }

    /** The reason as predictions carry it. */
    public String label() {
        return label;
    }

    /** What is wrong with a score of one number; null if nothing is. */
    public static @Nullable MissingReason of(Task task, double score) {
        if (Double.isNaN(score)) {
            return NOT_A_NUMBER;
        }
        boolean inRange = task.isClasses() ? score >= 0 && score <= 1 : Math.abs(score) <= Double.MAX_VALUE;
        return inRange ? null : OUT_OF_RANGE;
    }

    /**
     * What is wrong with a score; null if nothing is.
     *
     * @param scores where the score's numbers, {@code width} of them, begin at index {@code at}
     */
    public static @Nullable MissingReason of(Task task, double[] scores, int at, int width) {
        double sum = 0;
        for (int c = 0; c < width; c++) {
            MissingReason reason = of(task, scores[at + c]);
            if (reason != null) {
                return reason;
            }
            sum += scores[at + c];
        }
        return width > 1 && Math.abs(sum - 1) > SUM_TOLERANCE ? OUT_OF_RANGE : null;
    }

    /** The reason that a failure of {@link Member#score} stands for. */
    public static MissingReason ofFailure(Throwable failure) {
        return failure instanceof WrongShapeException ? WRONG_SHAPE : ERROR;
    }
}
