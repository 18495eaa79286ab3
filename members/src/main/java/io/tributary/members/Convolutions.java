package io.tributary.members;

import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/** Whether an ONNX model has convolutions. Of its protocol buffers only those are read that lead to a node's operation. */
final class Convolutions {

    private static final Set<String> OPERATIONS = Set.of("Conv", "ConvTranspose", "FusedConv");

    private static final int OPERATION = 4;

    /** A message of the format, and the fields of it that hold further ones. */
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE;

        Map<Integer, Message> inside() {
            return switch (this) {
                case MODEL -> Map.of(7, GRAPH, 25, FUNCTION);
                case GRAPH -> Map.of(1, NODE);
                case FUNCTION -> Map.of(7, NODE);
                case NODE -> Map.of(5, ATTRIBUTE);
                case ATTRIBUTE -> Map.of(6, GRAPH, 11, GRAPH);
            };
        }
    }

    private Convolutions() {}

    /**
     * Whether the member's model has any that ONNX Runtime runs. A file that is no model has none.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    static boolean in(MemberSpec member, Path model) {
        if (!member.kind().equals("onnx")) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            // ONNX models are no larger.
            long size = Math.min(channel.size(), Integer.MAX_VALUE);
            return in(channel.map(FileChannel.MapMode.READ_ONLY, 0, size), Message.MODEL);
        } catch (ArithmeticException
                | BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException damaged) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + model, e);
        }
    }

    private static boolean in(ByteBuffer message, Message kind) {
        message.order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Message> inside = kind.inside();
        while (message.hasRemaining()) {
            int tag = (int) number(message);
            switch (tag & 7) {
                case 0 -> number(message);
                case 1 -> message.getLong();
                case 2 -> {
                    int length = Math.toIntExact(number(message));
                    ByteBuffer field = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    Message further = inside.get(tag >>> 3);
                    if (further == null ? isOne(field, kind, tag >>> 3) : in(field, further)) {
                        return true;
                    }
                }
                case 5 -> message.getInt();
                default -> throw new IllegalArgumentException("no such type");
            }
        }
        return false;
    }

    private static boolean isOne(ByteBuffer field, Message kind, int number) {
        return kind == Message.NODE
                && number == OPERATION
                && OPERATIONS.contains(StandardCharsets.UTF_8.decode(field).toString());
    }

    private static long number(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no number");
    }
}
