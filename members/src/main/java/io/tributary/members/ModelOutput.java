package io.tributary.members;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.tributary.core.member.WrongShapeException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one score a row from what a model answered; {@link DjlMemberFactory} says which answers have one. */
final class ModelOutput {

    /** How far from 1 the sum of two class probabilities may be, for models that compute in few bits. */
    private static final double SUM_TOLERANCE = 1e-3;

    private ModelOutput() {}

    /** Writes the scores of the rows, from index 0 on. */
    static void read(NDList outputs, int rows, double[] scores) throws WrongShapeException {
        NDArray answer = onlyFloats(outputs);
        int stride = answer == null ? 0 : valuesARow(answer.getShape().getShape(), rows);
        if (answer == null || stride == 0) {
            throw new WrongShapeException(shown(outputs), rows);
        }
        ByteBuffer bytes = answer.toByteBuffer(true);
        boolean probabilities = answer.getDataType() == DataType.FLOAT64
                ? copy(bytes.asDoubleBuffer(), stride, rows, scores)
                : copy(bytes.asFloatBuffer(), stride, rows, scores);
        if (!probabilities) {
            throw new WrongShapeException(shown(outputs) + ", not two probabilities that add up to 1,", rows);
        }
    }

    /** The one output of floats; null if there is none or another that is no label. */
    private static @Nullable NDArray onlyFloats(NDList outputs) {
        NDArray answer = null;
        for (NDArray output : outputs) {
            if (isFloat(output.getDataType())) {
                if (answer != null) {
                    return null;
                }
                answer = output;
            } else if (!output.getDataType().isInteger()) {
                return null;
            }
        }
        return answer;
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FLOAT32 || type == DataType.FLOAT64;
    }

    /** 1 for a score a row, 2 for two class probabilities, 0 for any other shape. */
    private static int valuesARow(long[] shape, int rows) {
        if (shape.length == 0) {
            return rows == 1 ? 1 : 0;
        }
        if (shape[0] != rows || shape.length > 2) {
            return 0;
        }
        long width = shape.length == 1 ? 1 : shape[1];
        return width == 1 || width == 2 ? (int) width : 0;
    }

    /** Copies each row's last value. False if a row's two values are no probabilities. */
    private static boolean copy(FloatBuffer values, int stride, int rows, double[] scores) {
        boolean probabilities = true;
        for (int row = 0; row < rows; row++) {
            scores[row] = values.get(row * stride + stride - 1);
            probabilities &= stride == 1 || addUpToOne(values.get(row * stride), scores[row]);
        }
        return probabilities;
    }

    /** Copies each row's last value. False if a row's two values are no probabilities. */
    private static boolean copy(DoubleBuffer values, int stride, int rows, double[] scores) {
        boolean probabilities = true;
        for (int row = 0; row < rows; row++) {
            scores[row] = values.get(row * stride + stride - 1);
            probabilities &= stride == 1 || addUpToOne(values.get(row * stride), scores[row]);
        }
        return probabilities;
    }

    /** A row with a NaN passes: it is a row without a score, not a wrong shape. */
    private static boolean addUpToOne(double first, double second) {
        return !(Math.abs(first + second - 1) > SUM_TOLERANCE);
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
