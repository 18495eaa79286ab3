package io.tributary.core.measure;

import io.tributary.core.Prediction;
import io.tributary.core.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

    /** Larger errors count as this, so that their squares stay finite. */
    private static final double LARGEST = 1e140;

    private final Task task;
    private final double quantile;
    private final Sum[] sums = new Sum[SUMS];
    private final long[] counts = new long[COUNTS];

    /** Counts nothing yet; the quantile matters for that task only. */
    NumberMeasure(Task task, double quantile) {
        this.task = task;
        this.quantile = quantile;
        Arrays.setAll(sums, i -> new Sum());
    }

    @Override
    void add(double[] scores, int at, double label, int times) {
        double off = Math.min(LARGEST, Math.max(-LARGEST, scores[at] - label));
        counts[EVENTS] += times;
        sums[SQUARES].add(times * off * off);
        sums[ABSOLUTES].add(times * Math.abs(off));
        if (label != 0) {
            counts[NONZERO] += times;
            sums[SHARES].add(times * Math.abs(off / label));
        }
        if (task == Task.QUANTILE) {
            sums[PINBALLS].add(times * (off > 0 ? (1 - quantile) * off : -quantile * off));
            counts[INTERVALS] += times;
            counts[COVERED] += label <= scores[at] ? times : 0;
        }
    }

    @Override
    void observeInterval(Prediction.@Nullable Interval interval, double label, int times) {
        if (interval != null && task == Task.REGRESSION && !Double.isNaN(label)) {
            counts[INTERVALS] += times;
            counts[COVERED] += label >= interval.lower() && label <= interval.upper() ? times : 0;
            sums[WIDTHS].add(times * (interval.upper() - interval.lower()));
        }
    }

    @Override
    void merge(Measure later) {
        NumberMeasure other = (NumberMeasure) later;
        for (int i = 0; i < SUMS; i++) {
            sums[i].add(other.sums[i]);
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
        values.put(Figure.MAE, ratio(sums[ABSOLUTES].value(), counts[EVENTS]));
        values.put(Figure.COVERAGE, ratio(counts[COVERED], counts[INTERVALS]));
        if (task == Task.QUANTILE) {
            values.put(Figure.PINBALL, ratio(sums[PINBALLS].value(), counts[EVENTS]));
        } else {
            // Taking events out may leave less than nothing behind.
            values.put(Figure.RMSE, StrictMath.sqrt(Math.max(0, ratio(sums[SQUARES].value(), counts[EVENTS]))));
            values.put(Figure.MAPE, ratio(sums[SHARES].value(), counts[NONZERO]));
            values.put(Figure.INTERVAL_WIDTH, ratio(sums[WIDTHS].value(), counts[INTERVALS]));
        }
        return new Figures(scorer, count(), ratio(count(), labelled), values, List.of());
    }

    @Override
    int maxBytes() {
        return SUMS * Sum.BYTES + COUNTS * Long.BYTES;
    }

    @Override
    void write(ByteBuffer into) {
        for (Sum sum : sums) {
            sum.write(into);
        }
        for (long count : counts) {
            into.putLong(count);
        }
    }

    @Override
    void read(ByteBuffer from) {
        for (Sum sum : sums) {
            sum.read(from);
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = from.getLong();
        }
    }
}
