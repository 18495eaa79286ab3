package io.tributary.core.measure;

import io.tributary.core.Prediction;
import io.tributary.core.Task;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums of errors, for tasks whose scores are numbers in the target's unit. */
final class NumberMeasure extends Measure {

    private static final int SQUARES = 0;
    private static final int ABSOLUTES = 1;
    private static final int SHARES = 2;
    private static final int PINBALLS = 3;
    private static final int WIDTHS = 4;
    private static final int SUMS = 5;

    private static final int EVENTS = 0;
    private static final int NONZERO = 1;
    private static final int COVERED = 2;
    private static final int INTERVALS = 3;
    private static final int COUNTS = 4;

    private final Task task;
    private final double quantile;
    private final double[] sums = new double[SUMS];
    private final long[] counts = new long[COUNTS];

    /** Counts nothing yet; the quantile matters for that task only. */
    NumberMeasure(Task task, double quantile) {
        this.task = task;
        this.quantile = quantile;
    }

    @Override
    void observe(double score, double label, int times) {
        if (Double.isNaN(score)) {
            return;
        }
        double off = score - label;
        counts[EVENTS] += times;
        sums[SQUARES] += times * off * off;
        sums[ABSOLUTES] += times * Math.abs(off);
        if (label != 0) {
            counts[NONZERO] += times;
            sums[SHARES] += times * Math.abs(off / label);
        }
        if (task == Task.QUANTILE) {
            sums[PINBALLS] += times * (off > 0 ? (1 - quantile) * off : -quantile * off);
            counts[INTERVALS] += times;
            counts[COVERED] += label <= score ? times : 0;
        }
    }

    @Override
    void observeInterval(Prediction.@Nullable Interval interval, double label, int times) {
        if (interval != null && task == Task.REGRESSION) {
            counts[INTERVALS] += times;
            counts[COVERED] += label >= interval.lower() && label <= interval.upper() ? times : 0;
            sums[WIDTHS] += times * (interval.upper() - interval.lower());
        }
    }

    @Override
    void merge(Measure later) {
        NumberMeasure other = (NumberMeasure) later;
        for (int i = 0; i < SUMS; i++) {
            sums[i] += other.sums[i];
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i] += other.counts[i];
        }
    }

    @Override
    long count() {
        return counts[EVENTS];
    }

    @Override
    Figures figures(String scorer, long labelled) {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(Figure.MAE, ratio(sums[ABSOLUTES], counts[EVENTS]));
        values.put(Figure.COVERAGE, ratio(counts[COVERED], counts[INTERVALS]));
        if (task == Task.QUANTILE) {
            values.put(Figure.PINBALL, ratio(sums[PINBALLS], counts[EVENTS]));
        } else {
            // Taking events out may leave less than nothing behind.
            values.put(Figure.RMSE, StrictMath.sqrt(Math.max(0, ratio(sums[SQUARES], counts[EVENTS]))));
            values.put(Figure.MAPE, ratio(sums[SHARES], counts[NONZERO]));
            values.put(Figure.INTERVAL_WIDTH, ratio(sums[WIDTHS], counts[INTERVALS]));
        }
        return new Figures(scorer, count(), ratio(count(), labelled), values, List.of());
    }

    @Override
    int maxBytes() {
        return 8 * (SUMS + COUNTS);
    }

    @Override
    void write(ByteBuffer into) {
        for (double sum : sums) {
            into.putDouble(sum);
        }
        for (long count : counts) {
            into.putLong(count);
        }
    }

    @Override
    void read(ByteBuffer from) {
        for (int i = 0; i < SUMS; i++) {
            sums[i] = from.getDouble();
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = from.getLong();
        }
    }
}
