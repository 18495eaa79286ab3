package io.tributary.learning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What all events of one version of a spec have in common, stored once: events that wait name it by its number. A
 * partition's task has a few of them and forgets none.
 */
final class Shapes {

    private static final byte FORMAT = 1;

    private final KeyValueStore<Integer, byte[]> store;
    private final Map<Integer, Shape> known = new HashMap<>();
    private int next;

    /**
     * What events have in common.
     *
     * @param members the members' names
     * @param classes the classes' names; empty unless there are several
     * @param specVersion the spec that the events were scored under
     */
    record Shape(String[] members, String[] classes, int specVersion) {

        private boolean isSameAs(Shape other) {
            return specVersion == other.specVersion
                    && Arrays.equals(members, other.members)
                    && Arrays.equals(classes, other.classes);
        }
    }

    /** Those of a store, into which new ones go. */
    Shapes(KeyValueStore<Integer, byte[]> store) {
        this.store = store;
    }

    /** The number of a shape, which gets one if it has none. */
    int number(Shape shape) {
        for (int number = next - 1; number >= 0; number--) {
            if (shape(number).isSameAs(shape)) {
                return number;
            }
        }
        // The other side of the join may have added some.
        for (; store.get(next) != null; next++) {
            if (shape(next).isSameAs(shape)) {
                return next++;
            }
        }
        store.put(next, write(shape));
        known.put(next, shape);
        return next++;
    }

    /**
     * The shape with a number.
     *
     * @throws IllegalStateException if there is none
     */
    Shape shape(int number) {
        Shape shape = known.get(number);
        if (shape == null) {
            shape = read(number, store.get(number));
            known.put(number, shape);
        }
        return shape;
    }

    private static byte[] write(Shape shape) {
        PackedWriter out = new PackedWriter();
        out.writeByte(FORMAT);
        write(shape.members(), out);
        write(shape.classes(), out);
        out.writeSigned(shape.specVersion());
        return out.toBytes();
    }

    private static void write(String[] names, PackedWriter out) {
        out.writeUnsigned(names.length);
        for (String name : names) {
            out.writeText(name);
        }
    }

    private static Shape read(int number, byte @Nullable [] bytes) {
        if (bytes == null || bytes[0] != FORMAT) {
            throw new IllegalStateException("an event waits that has shape " + number + ", which is "
                    + (bytes == null ? "not stored" : "of format " + bytes[0] + ", this version reads " + FORMAT)
                    + "; run the version that wrote it, or give the ensemble a new name to start afresh");
        }
        PackedReader in = new PackedReader(bytes);
        in.readByte();
        return new Shape(names(in), names(in), (int) in.readSigned());
    }

    private static String[] names(PackedReader in) {
        String[] names = new String[in.readCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readText();
        }
        return names;
    }
}
