package io.tributary.schemas;

import java.util.Arrays;

/**
 * An array for each length, used again and again: Kafka's clients take arrays that are as long as what is in them. What is
 * written often differs little in length, so few arrays do, and they stay in the processor's caches. Not for several
 * threads.
 */
final class ReusedArrays {

    /** Longer ones are seldom, and made anew. */
    private static final int LONGEST = 16 << 10;

    /** All that are kept: ids of all lengths would else keep one each. */
    private static final int MOST_BYTES = 1 << 20;

    private final byte[][] arrays = new byte[LONGEST + 1][];
    private int bytes;

    /** An array of the given length, which holds anything, and is handed out again for the same length. */
    byte[] ofLength(int length) {
        if (length > LONGEST) {
            return new byte[length];
        }
        byte[] array = arrays[length];
        return array != null ? array : keep(new byte[length]);
    }

    private byte[] keep(byte[] array) {
        if (bytes + array.length > MOST_BYTES) {
            Arrays.fill(arrays, null);
            bytes = 0;
        }
        arrays[array.length] = array;
        bytes += array.length;
        return array;
    }
}
