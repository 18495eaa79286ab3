package io.tributary.members;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.tributary.core.member.MissingReason;
import io.tributary.core.member.WrongShapeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads a score a row from what a model answered; {@link DjlMemberFactory} says which answers have one. */
final class ModelOutput {

    private ModelOutput() {}

    /**
     * Writes the scores of the rows, {@code width} numbers each, from index 0 on.
     *
     * @param rows how many the model was given
     * @param wanted how many of them have a place among the scores
     */
    static void read(NDList outputs, int rows, int wanted, int width, double[] scores) throws WrongShapeException {
        NDArray answer = onlyFloats(outputs, width);
        int stride = answer == null ? 0 : valuesARow(answer.getShape().getShape(), rows, width);
        if (answer == null || stride == 0) {
            throw new WrongShapeException(shown(outputs), rows, width);
        }
        ByteBuffer bytes = answer.toByteBuffer(true);
        IntToDoubleFunction values =
                answer.getDataType() == DataType.FLOAT64 ? bytes.asDoubleBuffer()::get : bytes.asFloatBuffer()::get;
        if (stride == width) {
            for (int i = 0; i < wanted * width; i++) {
                scores[i] = values.applyAsDouble(i);
            }
        } else if (!copySecond(values, wanted, scores)) {
            throw new WrongShapeException(shown(outputs) + ", not two probabilities that add up to 1,", rows, width);
        }
    }

    /**
     * The one output of floats; null if there is none, or another that is no label by number: those by name do not say
     * which of two is the positive class. Where there are several the spec says their order.
     */
    private static @Nullable NDArray onlyFloats(NDList outputs, int width) {
        NDArray answer = null;
        for (NDArray output : outputs) {
            if (isFloat(output.getDataType())) {
                if (answer != null) {
                    return null;
                }
                answer = output;
            } else if (!output.getDataType().isInteger() && width == 1) {
                return null;
            }
        }
        return answer;
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FLOAT32 || type == DataType.FLOAT64;
    }

    /** As many as a score has numbers, or 2 for the probabilities of a class and its opposite; 0 for any other shape. */
    private static int valuesARow(long[] shape, int rows, int width) {
        if (shape.length == 0) {
            return rows == 1 && width == 1 ? 1 : 0;
        }
        if (shape[0] != rows || shape.length > 2) {
            return 0;
        }
        long values = shape.length == 1 ? 1 : shape[1];
        return values == width || width == 1 && values == 2 ? (int) values : 0;
    }

    /** Copies each row's second value. False if a row's two values are no probabilities. */
    private static boolean copySecond(IntToDoubleFunction values, int rows, double[] scores) {
        boolean probabilities = true;
        for (int row = 0; row < rows; row++) {
            scores[row] = values.applyAsDouble(2 * row + 1);
            probabilities &= addUpToOne(values.applyAsDouble(2 * row), scores[row]);
        }
        return probabilities;
    }

    /** A row with a NaN passes: it is a row without a score, not a wrong shape. */
    private static boolean addUpToOne(double first, double second) {
        return !(Math.abs(first + second - 1) > MissingReason.SUM_TOLERANCE);
    }

    private static String shown(NDList outputs) {
        List<String> shapes = new ArrayList<>();
        for (NDArray output : outputs) {
            String shape = Arrays.toString(output.getShape().getShape());
            shapes.add(isFloat(output.getDataType()) ? shape : output.getDataType() + " " + shape);
        }
        return shapes.isEmpty() ? "of nothing" : String.join(" and ", shapes);
    }
}
