package io.tributary.core.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Files in which an ONNX model keeps its weights. Exporters write large models so; the model then names these files, once a
 * tensor, as entries with the key {@code location}, which are looked for without reading the rest of the format.
 */
final class ExternalData {

    /** A protocol buffer's entry: the key, a string of eight bytes in field 1, and the tag of the value, field 2. */
    private static final byte[] LOCATION = "\n\blocation\u0012".getBytes(StandardCharsets.US_ASCII);

    private ExternalData() {}

    /**
     * The files in a model's own folder that it names.
     *
     * @param model an ONNX model
     * @throws UncheckedIOException if it cannot be read
     */
    static List<Path> of(Path model) {
        Set<String> names = new LinkedHashSet<>();
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            // ONNX models are no larger: that is what other files are for.
            long size = Math.min(channel.size(), Integer.MAX_VALUE);
            collect(channel.map(FileChannel.MapMode.READ_ONLY, 0, size), names);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + model, e);
        }
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            if (name.indexOf('/') < 0 && name.indexOf('\0') < 0 && Files.isRegularFile(model.resolveSibling(name))) {
                files.add(model.resolveSibling(name));
            }
        }
        return files;
    }

    private static void collect(ByteBuffer bytes, Set<String> names) {
        int matched = 0;
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            // The first byte does not come again in the pattern.
            matched = next == LOCATION[matched] ? matched + 1 : next == LOCATION[0] ? 1 : 0;
            if (matched == LOCATION.length) {
                matched = 0;
                collectName(bytes, names);
            }
        }
    }

    private static void collectName(ByteBuffer bytes, Set<String> names) {
        // Negative where it takes several bytes: no file's name is that long.
        int length = bytes.hasRemaining() ? bytes.get() : 0;
        if (length > 0 && length <= bytes.remaining()) {
            byte[] name = new byte[length];
            bytes.get(name);
            names.add(new String(name, StandardCharsets.UTF_8));
        }
    }
}
