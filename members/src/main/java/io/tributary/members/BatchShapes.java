package io.tributary.members;

import io.tributary.core.member.Device;
import java.util.stream.IntStream;

/**
 * Which sizes of batches a model is given. On the CPU a batch is as large as it is. On a GPU the first batch of a size is
 * expensive, so there are few sizes, all warmed: the powers of two below the most, and the most; a batch in between is
 * filled up.
 */
final class BatchShapes {

    private final int most;
    private final boolean filledUp;

    private BatchShapes(int most, boolean filledUp) {
        this.most = most;
        this.filledUp = filledUp;
    }

    /** As the device wants them. */
    static BatchShapes on(Device device, int most) {
        return device.isGpu() ? filledUp(most) : exact(most);
    }

    /** Every size from 1 to the most. */
    static BatchShapes exact(int most) {
        return new BatchShapes(most, false);
    }

    /** 1, 2, 4, and so on, and the most. */
    static BatchShapes filledUp(int most) {
        return new BatchShapes(most, true);
    }

    /** How many rows the model is given for so many, from 1 to the most. */
    int rows(int wanted) {
        return filledUp && wanted > 1 ? Math.min(most, Integer.highestOneBit(wanted - 1) << 1) : wanted;
    }

    /** The sizes to warm up with, ascending: all there are, or the smallest and the largest of many. */
    int[] toWarm() {
        IntStream sizes = filledUp
                ? IntStream.concat(IntStream.iterate(1, size -> size < most, size -> size * 2), IntStream.of(most))
                : IntStream.of(1, most);
        return sizes.distinct().toArray();
    }
}
