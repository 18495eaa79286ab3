package io.tributary.benchmarks.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Model files for many members. A process loads a file once whoever asks for it, so each member has a copy of its own that
 * differs in its description alone: the same work, and a model of its own.
 */
final class ModelCopies {

    /** The protobuf tag of {@code doc_string} in an ONNX model: field 6, a text. Of several in a file the last one counts. */
    private static final int DOC_STRING = 6 << 3 | 2;

    private ModelCopies() {}

    /**
     * Writes them.
     *
     * @param models the folder with the models
     * @param into the folder for the copies
     * @return the files, one a member
     */
    static List<Path> write(Shape shape, int members, Path models, Path into) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < members; k++) {
            String model = shape.models().get(k % shape.models().size());
            byte[] graph = Files.readAllBytes(models.resolve(model + ".onnx"));
            files.add(Files.write(into.resolve(model + "-" + k + ".onnx"), described(graph, "member " + k)));
        }
        return files;
    }

    private static byte[] described(byte[] model, String text) {
        byte[] description = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(model);
        bytes.write(DOC_STRING);
        bytes.write(description.length);
        bytes.writeBytes(description);
        return bytes.toByteArray();
    }
}
