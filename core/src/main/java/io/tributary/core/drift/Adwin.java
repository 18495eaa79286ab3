package io.tributary.core.drift;

import java.nio.ByteBuffer;

/**
 * A window that grows while its mean holds and drops its oldest values when it does not: ADWIN2 of Bifet and Gavaldà
 * (Learning from time-changing data with adaptive windowing, SIAM Data Mining 2007). It reports falling means as well as
 * rising ones.
 *
 * <p>The window is an exponential histogram with at most {@value Histogram#MOST} buckets of a size. At every
 * {@value #CLOCK}nd value it is tried at all points between two buckets that leave at least {@value #LEAST} values on both
 * sides; where the means differ by more than √(2/m · σ² ln(2 ln n / δ)) + 2/(3m) · ln(2 ln n / δ), the oldest bucket goes,
 * until no point is left. Here n is the width, σ² the variance of the window, and 1/m = 1/(n₀ − 4) + 1/(n₁ − 4) for parts
 * of n₀ and n₁ values, which asks more of short parts than the paper's 1/n₀ + 1/n₁.
 *
 * <p>A change often gives several alarms, since the window empties bit by bit as newer values confirm it. The mean before a
 * change is that of the values that were dropped, and the mean after it that of those that were kept.
 *
 * <p>The bound holds for values in an interval of length 1. It remembers the last 20 billion values at most.
 */
public final class Adwin implements DriftDetector {

    /** Its {@link #name}. */
    public static final String NAME = "adwin";

    static final int CLOCK = 32;
    static final int LEAST = 5;
    private static final int SIZES = 32;

    // Differences of this share of the means come from rounding.
    private static final double ROUNDING = 1e-13;

    private final double delta;
    private final Histogram window;
    private final Histogram.Cut cut = this::isCut;

    private int sinceCheck;
    private double confidence;
    private double meanBefore = Double.NaN;
    private double meanAfter = Double.NaN;

    /** A window with the usual δ, 0.002. */
    public Adwin() {
        this(0.002);
    }

    /**
     * An empty window.
     *
     * @param delta δ, how likely an alarm may be where there is no change; in (0, 1)
     * @throws IllegalArgumentException if it is not
     */
    public Adwin(double delta) {
        this(delta, SIZES);
    }

    /** An empty window that holds at most {@value Histogram#MOST} times two to the power of {@code sizes} values. */
    Adwin(double delta, int sizes) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + ", must be in (0, 1)");
        }
        this.delta = delta;
        this.window = new Histogram(sizes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Change observe(double value) {
        if (Double.isNaN(value)) {
            return Change.NONE;
        }
        window.add(Values.clamped(value));
        sinceCheck = (sinceCheck + 1) % CLOCK;
        return sinceCheck == 0 ? check() : Change.NONE;
    }

    private Change check() {
        window.settle();
        long dropped = 0;
        double mean = 0;
        while (fallsApart()) {
            long size = window.oldestSize();
            dropped += size;
            mean += (window.oldestMean() - mean) * ((double) size / dropped);
            window.dropOldest();
        }
        if (dropped == 0) {
            return Change.NONE;
        }
        meanBefore = mean;
        meanAfter = window.mean();
        if (meanAfter == meanBefore) {
            return Change.NONE;
        }
        return meanAfter > meanBefore ? Change.INCREASE : Change.DECREASE;
    }

    private boolean fallsApart() {
        if (window.width() < 2 * LEAST) {
            return false;
        }
        confidence = StrictMath.log(2 * StrictMath.log(window.width()) / delta);
        return window.fallsApart(cut);
    }

    private boolean isCut(long newer, double newerMean, long older, double olderMean) {
        if (newer < LEAST || older < LEAST) {
            return false;
        }
        double inverse = 1.0 / (newer - LEAST + 1) + 1.0 / (older - LEAST + 1);
        double bound = Math.sqrt(2 * inverse * window.variance() * confidence) + 2.0 / 3 * inverse * confidence;
        double rounding = ROUNDING * (Math.abs(newerMean) + Math.abs(olderMean));
        return Math.abs(newerMean - olderMean) > bound + rounding;
    }

    @Override
    public double mean() {
        return window.mean();
    }

    /** The variance of the values in the window, by their number; NaN if there are none. */
    public double variance() {
        return window.variance();
    }

    @Override
    public long width() {
        return window.width();
    }

    @Override
    public double meanBefore() {
        return meanBefore;
    }

    @Override
    public double meanAfter() {
        return meanAfter;
    }

    @Override
    public void clear() {
        window.clear();
        sinceCheck = 0;
        meanBefore = Double.NaN;
        meanAfter = Double.NaN;
    }

    @Override
    public int maxBytes() {
        return Integer.BYTES + 2 * Double.BYTES + window.maxBytes();
    }

    @Override
    public void write(ByteBuffer bytes) {
        bytes.putInt(sinceCheck).putDouble(meanBefore).putDouble(meanAfter);
        window.write(bytes);
    }

    @Override
    public void read(ByteBuffer bytes) {
        sinceCheck = bytes.getInt();
        meanBefore = bytes.getDouble();
        meanAfter = bytes.getDouble();
        window.read(bytes);
    }
}
