package io.tributary.core.drift;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The exponential histogram of ADWIN: a window of values, newest first, as buckets of 1, 2, 4, … values, of each size at
 * most {@value #MOST}. A bucket knows the sum of its values and the sum of their squared differences from their mean.
 */
final class Histogram {

    /** How many buckets there may be of a size: M in the paper. */
    static final int MOST = 5;

    /** Whether the means of the newer and the older part of a window differ too much to be of one window. */
    interface Cut {
        boolean at(long newer, double newerMean, long older, double olderMean);
    }

    // Within a size, the bucket at 0 is the oldest. One place more than the most, for the moment before a merge.
    private static final int PLACES = MOST + 1;

    private final int[] counts;
    private final double[] sums;
    private final double[] squares;
    private int sizes;
    private long width;
    private double sum;
    private double square;

    /** An empty window with buckets of 1 up to 2 to the power of {@code mostSizes} − 1 values. */
    Histogram(int mostSizes) {
        counts = new int[mostSizes];
        sums = new double[mostSizes * PLACES];
        squares = new double[mostSizes * PLACES];
    }

    /** How many values are in the window. */
    long width() {
        return width;
    }

    /** The mean of the values in the window; NaN if there are none. */
    double mean() {
        return sum / width;
    }

    /** The variance of the values in the window, by their number; NaN if there are none. */
    double variance() {
        return square / width;
    }

    /** Adds a value. When the window is full, the oldest bucket goes. */
    void add(double value) {
        if (width > 0) {
            double difference = value - sum / width;
            square += difference * difference * width / (width + 1.0);
        }
        width++;
        sum += value;
        push(0, value, 0);
        for (int size = 0; counts[size] > MOST; size++) {
            if (size == counts.length - 1) {
                dropOldest();
                return;
            }
            int oldest = size * PLACES;
            double difference = (sums[oldest] - sums[oldest + 1]) / (1L << size);
            push(
                    size + 1,
                    sums[oldest] + sums[oldest + 1],
                    squares[oldest] + squares[oldest + 1] + difference * difference * (1L << size) / 2);
            remove(size, 2);
        }
    }

    private void push(int size, double bucketSum, double bucketSquare) {
        int place = size * PLACES + counts[size]++;
        sums[place] = bucketSum;
        squares[place] = bucketSquare;
        sizes = Math.max(sizes, size + 1);
    }

    private void remove(int size, int buckets) {
        int from = size * PLACES;
        counts[size] -= buckets;
        System.arraycopy(sums, from + buckets, sums, from, counts[size]);
        System.arraycopy(squares, from + buckets, squares, from, counts[size]);
    }

    /** How many values are in the oldest bucket. */
    long oldestSize() {
        return 1L << (sizes - 1);
    }

    /** The mean of the oldest bucket. */
    double oldestMean() {
        return sums[(sizes - 1) * PLACES] / oldestSize();
    }

    /** Drops the oldest bucket. */
    void dropOldest() {
        remove(sizes - 1, 1);
        while (sizes > 0 && counts[sizes - 1] == 0) {
            sizes--;
        }
        settle();
    }

    /**
     * Takes the sums over the window from the buckets again. Taking a bucket's part off the running sums instead would
     * leave its rounding errors behind for good, and the running sums alone collect one with every value.
     */
    void settle() {
        width = 0;
        sum = 0;
        square = 0;
        for (int size = 0; size < sizes; size++) {
            double values = 1L << size;
            for (int place = size * PLACES + counts[size] - 1; place >= size * PLACES; place--) {
                square += squares[place];
                if (width > 0) {
                    double difference = sum / width - sums[place] / values;
                    square += difference * difference * (width * values) / (width + values);
                }
                width += 1L << size;
                sum += sums[place];
            }
        }
    }

    /** Whether the window falls apart at some point between two buckets, as the rule sees it. */
    boolean fallsApart(Cut rule) {
        long newer = 0;
        double newerSum = 0;
        for (int size = 0; size < sizes; size++) {
            // From the newest on: then what is taken off the whole sum is never nearly all of it, since the oldest
            // bucket
            // is a fair part of the window, and the differences stay exact however long that is.
            for (int place = size * PLACES + counts[size] - 1; place >= size * PLACES; place--) {
                newer += 1L << size;
                newerSum += sums[place];
                if (newer < width
                        && rule.at(newer, newerSum / newer, width - newer, (sum - newerSum) / (width - newer))) {
                    return true;
                }
            }
        }
        return false;
    }

    void clear() {
        Arrays.fill(counts, 0);
        sizes = 0;
        settle();
    }

    int maxBytes() {
        return 1 + counts.length + counts.length * MOST * 2 * Double.BYTES + 2 * Double.BYTES;
    }

    void write(ByteBuffer bytes) {
        bytes.put((byte) sizes);
        for (int size = 0; size < sizes; size++) {
            bytes.put((byte) counts[size]);
            for (int place = size * PLACES; place < size * PLACES + counts[size]; place++) {
                bytes.putDouble(sums[place]).putDouble(squares[place]);
            }
        }
        bytes.putDouble(sum).putDouble(square);
    }

    void read(ByteBuffer bytes) {
        clear();
        sizes = within(counts.length, bytes.get());
        for (int size = 0; size < sizes; size++) {
            counts[size] = within(MOST, bytes.get());
            for (int place = size * PLACES; place < size * PLACES + counts[size]; place++) {
                sums[place] = bytes.getDouble();
                squares[place] = bytes.getDouble();
            }
        }
        settle();
        sum = bytes.getDouble();
        square = bytes.getDouble();
    }

    private static int within(int most, int read) {
        if (read < 0 || read > most) {
            throw new IllegalArgumentException("the stored window says " + read + " where at most " + most + " can be");
        }
        return read;
    }
}
