package io.tributary.members;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model answered, as arrays. The probabilities of classes that are told by maps, a map a row, as classifiers
 * exported from scikit-learn tell them unless told otherwise, are an array in the order of the sorted classes.
 */
final class OnnxOutputs {

    private static final ByteBuffer UNREAD = ByteBuffer.allocate(0);

    private OnnxOutputs() {}

    /** All outputs, in the model's order; those of a sequence one by one. */
    static List<ModelOutput> of(OrtSession.Result result) throws OrtException {
        List<ModelOutput> outputs = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> output : result) {
            if (output.getValue() instanceof OnnxTensor tensor) {
                outputs.add(of(tensor));
            } else if (output.getValue() instanceof OnnxSequence sequence) {
                addAll(sequence, outputs);
            } else {
                throw new UnsupportedOperationException(
                        "output " + output.getKey() + " is neither an array nor a sequence");
            }
        }
        return outputs;
    }

    private static ModelOutput of(OnnxTensor tensor) {
        String type = name(tensor.getInfo().type);
        boolean read = type.equals(ModelOutput.FLOAT) || type.equals(ModelOutput.DOUBLE);
        return new ModelOutput(
                type,
                tensor.getInfo().getShape(),
                read ? tensor.getByteBuffer().order(ByteOrder.nativeOrder()) : UNREAD);
    }

    private static String name(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> ModelOutput.FLOAT;
            case DOUBLE -> ModelOutput.DOUBLE;
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    private static void addAll(OnnxSequence sequence, List<ModelOutput> outputs) throws OrtException {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (OnnxValue value : sequence.getValue()) {
            try (value) {
                if (value instanceof OnnxTensor tensor) {
                    outputs.add(of(tensor));
                } else if (value instanceof OnnxMap map) {
                    maps.add(new TreeMap<>(map.getValue()));
                }
            }
        }
        if (sequence.getInfo().isSequenceOfMaps()) {
            outputs.add(ofMaps(maps, sequence.getInfo().mapInfo.valueType));
        }
    }

    private static ModelOutput ofMaps(List<Map<?, ?>> maps, OnnxJavaType type) {
        int classes = maps.isEmpty() ? 0 : maps.get(0).size();
        long[] shape = {maps.size(), classes};
        if (type != OnnxJavaType.FLOAT) {
            return new ModelOutput(name(type), shape, UNREAD);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(maps.size() * classes * Float.BYTES).order(ByteOrder.nativeOrder());
        for (Map<?, ?> row : maps) {
            row.values().forEach(value -> bytes.putFloat((Float) value));
        }
        return new ModelOutput(ModelOutput.FLOAT, shape, bytes.flip());
    }
}
