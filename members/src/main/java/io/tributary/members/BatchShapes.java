package io.tributary.members;

import io.tributary.core.member.Device;
import java.util.stream.IntStream;

/**
 * Which sizes of batches a model is given. On the CPU a batch is as large as it is. On a GPU the first batch of a size is
 * expensive, so there are few sizes, all warmed: the powers of two below the most, and the most; a batch in between is
 * filled up. With convolutions every change of the size is as expensive, so there is one size.
 */
final class BatchShapes {

    private enum Sizes {
        ALL,
        POWERS_OF_TWO,
        ONE
    }

    private final int most;
    private final Sizes sizes;

    private BatchShapes(int most, Sizes sizes) {
        this.most = most;
        this.sizes = sizes;
    }

    /**
     * As the device wants them.
     *
     * @param convolutions whether the model has some whose plan ONNX Runtime makes anew for each size
     */
    static BatchShapes on(Device device, int most, boolean convolutions) {
        return !device.isGpu() ? exact(most) : convolutions ? full(most) : filledUp(most);
    }

    /** Every size from 1 to the most. */
    static BatchShapes exact(int most) {
        return new BatchShapes(most, Sizes.ALL);
    }

    /** 1, 2, 4, and so on, and the most. */
    static BatchShapes filledUp(int most) {
        return new BatchShapes(most, Sizes.POWERS_OF_TWO);
    }

    /** The most alone. */
    static BatchShapes full(int most) {
        return new BatchShapes(most, Sizes.ONE);
    }

    /** How many rows the model is given for so many, from 1 to the most. */
    int rows(int wanted) {
        return switch (sizes) {
            case ALL -> wanted;
            case POWERS_OF_TWO -> wanted > 1 ? Math.min(most, Integer.highestOneBit(wanted - 1) << 1) : wanted;
            case ONE -> most;
        };
    }

    /** The sizes to warm up with, ascending: all there are, or the smallest and the largest of many. */
    int[] toWarm() {
        IntStream warmed = switch (sizes) {
            case ALL -> IntStream.of(1, most);
            case POWERS_OF_TWO ->
                IntStream.concat(IntStream.iterate(1, size -> size < most, size -> size * 2), IntStream.of(most));
            case ONE -> IntStream.of(most);
        };
        return warmed.distinct().toArray();
    }
}
