package io.tributary.core.member;

/** A model's output does not have the shape that its task asks for. */
public final class WrongShapeException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Names what came and what should have.
     *
     * @param shape the shape that the model gave, such as {@code [64, 3]}
     * @param rows how many rows were scored
     * @param width how many numbers a score is
     */
    public WrongShapeException(String shape, int rows, int width) {
        super("the model answered with shape " + shape + " to a batch of " + rows + ", must be "
                + (width == 1
                        ? "[" + rows + "] or [" + rows + ", 1]"
                        : "[" + rows + ", " + width + "], a probability for each class"));
    }
}
