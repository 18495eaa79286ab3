package io.tributary.members;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The array in which a model has its scores, once one has been seen: ONNX Runtime then writes the next one of the same
 * shape where it is read, and makes no other outputs. Models may answer in another form to a single row, so the shape is
 * learned for each number of rows.
 */
final class OnnxAnswer {

    private static final long[] UNKNOWN = {};

    private final List<String> names;
    private final long[][] shapes;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private String name = "";
    private String type = "";

    /**
     * Nothing is known yet.
     *
     * @param names of all outputs of the model
     * @param maxRows the most rows that it will be given
     */
    OnnxAnswer(List<String> names, int maxRows) {
        this.names = names;
        this.shapes = new long[maxRows + 1][];
        Arrays.fill(shapes, UNKNOWN);
    }

    /** Whether the shape of the answer to so many rows is known. */
    boolean isKnown(int rows) {
        return shapes[rows].length > 0;
    }

    /**
     * The model has answered.
     *
     * @param output which of its outputs has the scores
     */
    void learn(int rows, int output, ModelOutput seen) {
        name = names.get(output);
        type = seen.type();
        // An answer without dimensions stays unknown.
        shapes[rows] = seen.shape();
        if (bytes.capacity() < seen.bytes().remaining()) {
            bytes = ByteBuffer.allocateDirect(seen.bytes().remaining()).order(ByteOrder.nativeOrder());
        }
    }

    /** The answer to so many rows has another shape, or is none. */
    void forget(int rows) {
        shapes[rows] = UNKNOWN;
    }

    /** What the output is called. */
    String name() {
        return name;
    }

    /** Where the answer to so many rows is to be written; the caller closes it. */
    OnnxTensor tensor(OrtEnvironment environment, int rows) throws OrtException {
        ModelOutput output = output(rows);
        return type.equals(ModelOutput.FLOAT)
                ? OnnxTensor.createTensor(environment, output.bytes().asFloatBuffer(), output.shape())
                : OnnxTensor.createTensor(environment, output.bytes().asDoubleBuffer(), output.shape());
    }

    /** What has been written there. */
    ModelOutput output(int rows) {
        long[] shape = shapes[rows];
        long size = type.equals(ModelOutput.FLOAT) ? Float.BYTES : Double.BYTES;
        for (long dimension : shape) {
            size *= dimension;
        }
        return new ModelOutput(type, shape, bytes.clear().limit(Math.toIntExact(size)));
    }
}
