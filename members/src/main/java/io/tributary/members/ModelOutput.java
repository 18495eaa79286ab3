package io.tributary.members;

import io.tributary.core.member.MissingReason;
import io.tributary.core.member.WrongShapeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array that a model answered with, and how scores are read from it; {@link ModelMemberFactory} says which arrays have
 * some.
 *
 * @param type of its values, such as {@code float32}, {@code int64} or {@code string}
 * @param shape its dimensions
 * @param bytes its values in the machine's order, from the buffer's position on; empty if they are no floats
 */
record ModelOutput(String type, long[] shape, ByteBuffer bytes) {

    /** The type of 32-bit floats. */
    static final String FLOAT = "float32";

    /** The type of 64-bit floats. */
    static final String DOUBLE = "float64";

    /**
     * The one array of floats that has a score a row. Another one must be labels by number: those by name do not say which
     * of two is the positive class. Where there are several classes the spec says their order, and labels are passed over.
     *
     * @param rows how many the model was given
     * @param width how many numbers a score is
     */
    static ModelOutput scoresAmong(List<ModelOutput> outputs, int rows, int width) throws WrongShapeException {
        List<ModelOutput> floats =
                outputs.stream().filter(ModelOutput::isFloats).toList();
        boolean readable = outputs.stream().allMatch(each -> each.isFloats() || each.isWhole() || width > 1);
        if (floats.size() != 1 || !readable || floats.get(0).valuesARow(rows, width) == 0) {
            throw new WrongShapeException(shown(outputs), rows, width);
        }
        return floats.get(0);
    }

    private boolean isFloats() {
        return type.equals(FLOAT) || type.equals(DOUBLE);
    }

    private boolean isWhole() {
        return type.startsWith("int") || type.startsWith("uint");
    }

    /** As many as a score has numbers, or 2 for the probabilities of a class and its opposite; 0 for any other shape. */
    private int valuesARow(int rows, int width) {
        if (shape.length == 0) {
            return rows == 1 && width == 1 ? 1 : 0;
        }
        if (shape[0] != rows || shape.length > 2) {
            return 0;
        }
        long values = shape.length == 1 ? 1 : shape[1];
        return values == width || width == 1 && values == 2 ? (int) values : 0;
    }

    /**
     * Writes the scores of the rows, {@code width} numbers each, from index 0 on.
     *
     * @param rows how many the model was given
     * @param wanted how many of them have a place among the scores
     */
    void read(int rows, int wanted, int width, double[] scores) throws WrongShapeException {
        if (valuesARow(rows, width) == width) {
            for (int i = 0; i < wanted * width; i++) {
                scores[i] = value(i);
            }
        } else if (!copySecond(wanted, scores)) {
            throw new WrongShapeException(
                    shown(List.of(this)) + ", not two probabilities that add up to 1,", rows, width);
        }
    }

    private double value(int i) {
        return type.equals(FLOAT)
                ? bytes.getFloat(bytes.position() + i * Float.BYTES)
                : bytes.getDouble(bytes.position() + i * Double.BYTES);
    }

    /** Copies each row's second value. False if a row's two values are no probabilities. */
    private boolean copySecond(int rows, double[] scores) {
        boolean probabilities = true;
        for (int row = 0; row < rows; row++) {
            scores[row] = value(2 * row + 1);
            probabilities &= addUpToOne(value(2 * row), scores[row]);
        }
        return probabilities;
    }

    /** A row with a NaN passes: it is a row without a score, not a wrong shape. */
    private static boolean addUpToOne(double first, double second) {
        return !(Math.abs(first + second - 1) > MissingReason.SUM_TOLERANCE);
    }

    private static String shown(List<ModelOutput> outputs) {
        String shapes = outputs.stream()
                .map(each -> (each.isFloats() ? "" : each.type + " ") + Arrays.toString(each.shape))
                .collect(Collectors.joining(" and "));
        return shapes.isEmpty() ? "of nothing" : shapes;
    }
}
