package io.tributary.core.measure;

import java.nio.ByteBuffer;

/**
 * How often the label before would have been right, in the order in which labels come. Labels that are taken out again
 * stay counted here: what came before and after them cannot be told any more.
 */
final class Persistence {

    static final int BYTES = 4 * 8;

    private double first = Double.NaN;
    private double last = Double.NaN;
    private long pairs;
    private long right;

    void observe(double label) {
        if (Double.isNaN(first)) {
            first = label;
        } else {
            pairs++;
            right += label == last ? 1 : 0;
        }
        last = label;
    }

    void merge(Persistence later) {
        if (Double.isNaN(later.first)) {
            return;
        }
        observe(later.first);
        pairs += later.pairs;
        right += later.right;
        last = later.last;
    }

    /** (p − q)/(1 − q) for the given accuracy; NaN before the second label, and where the label before is always right. */
    double kappa(double accuracy) {
        double persisted = pairs == 0 ? Double.NaN : (double) right / pairs;
        return persisted == 1 ? Double.NaN : (accuracy - persisted) / (1 - persisted);
    }

    void write(ByteBuffer into) {
        into.putDouble(first).putDouble(last).putLong(pairs).putLong(right);
    }

    void read(ByteBuffer from) {
        first = from.getDouble();
        last = from.getDouble();
        pairs = from.getLong();
        right = from.getLong();
    }
}
