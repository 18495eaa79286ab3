package io.tributary.core.drift;

import java.nio.ByteBuffer;

/**
 * The test of Page (Continuous inspection schemes, Biometrika 1954) and Hinkley for a mean that has risen, as in Mouss et
 * al. (Test of Page-Hinckley, an approach for fault detection in an agro-alimentary production system, 2004), with
 * forgetting: m ← αm + (x − x̄ − δ), x̄ the mean so far with x, and an alarm when m > λ. It then starts anew.
 *
 * <p>Without forgetting, m would be held against its least value so far. With it, m stays above −δ/(1 − α) by itself and
 * is held against 0. The least value still says where the change began: the means before and after an alarm are those of
 * the values up to it and from there on. The point is rough, for a step of δ is small beside the noise.
 *
 * <p>The usual parameters suit values like error bits, of a standard deviation of about 0.4.
 */
public final class PageHinkley implements DriftDetector {

    /** Its {@link #name}. */
    public static final String NAME = "page-hinkley";

    private static final int BYTES = 9 * Double.BYTES;

    private final int least;
    private final double delta;
    private final double lambda;
    private final double alpha;

    private long count;
    private double mean;
    private double excess;
    private double low;
    private double meanAtLow;
    private long sinceLow;
    private double meanSinceLow;
    private double meanBefore;
    private double meanAfter;

    /** A test with the usual parameters: 30 values, δ 0.005, λ 50, α 0.9999. */
    public PageHinkley() {
        this(30, 0.005, 50, 0.9999);
    }

    /**
     * A test that has seen nothing.
     *
     * @param least no alarm before that many values, at least 1
     * @param delta δ, the rise to put up with, in the values' unit; at least 0
     * @param lambda λ, how much excess is an alarm, in the values' unit; above 0
     * @param alpha α, how much of the excess is kept from value to value; in (0, 1]
     * @throws IllegalArgumentException if one is out of its range
     */
    public PageHinkley(int least, double delta, double lambda, double alpha) {
        if (least < 1 || !(delta >= 0) || !(lambda > 0) || !(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("least is " + least + ", delta " + delta + ", lambda " + lambda
                    + " and alpha " + alpha + "; must be at least 1, at least 0, above 0 and in (0, 1]");
        }
        this.least = least;
        this.delta = delta;
        this.lambda = lambda;
        this.alpha = alpha;
        clear();
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
        double x = Values.clamped(value);
        count++;
        mean += (x - mean) / count;
        excess = alpha * excess + (x - mean - delta);
        if (excess <= low) {
            low = excess;
            meanAtLow = mean;
            sinceLow = 0;
            meanSinceLow = 0;
        } else {
            sinceLow++;
            meanSinceLow += (x - meanSinceLow) / sinceLow;
        }
        if (count < least || excess <= lambda) {
            return Change.NONE;
        }
        meanBefore = meanAtLow;
        meanAfter = meanSinceLow;
        startAnew();
        return Change.INCREASE;
    }

    private void startAnew() {
        count = 0;
        mean = 0;
        excess = 0;
        // The first value's excess is −δ, so that it always is a low and the means of an alarm are never empty.
        low = 0;
        meanAtLow = 0;
        sinceLow = 0;
        meanSinceLow = 0;
    }

    @Override
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    @Override
    public long width() {
        return count;
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
        startAnew();
        meanBefore = Double.NaN;
        meanAfter = Double.NaN;
    }

    @Override
    public int maxBytes() {
        return BYTES;
    }

    @Override
    public void write(ByteBuffer bytes) {
        bytes.putLong(count)
                .putDouble(mean)
                .putDouble(excess)
                .putDouble(low)
                .putDouble(meanAtLow)
                .putLong(sinceLow)
                .putDouble(meanSinceLow)
                .putDouble(meanBefore)
                .putDouble(meanAfter);
    }

    @Override
    public void read(ByteBuffer bytes) {
        count = bytes.getLong();
        mean = bytes.getDouble();
        excess = bytes.getDouble();
        low = bytes.getDouble();
        meanAtLow = bytes.getDouble();
        sinceLow = bytes.getLong();
        meanSinceLow = bytes.getDouble();
        meanBefore = bytes.getDouble();
        meanAfter = bytes.getDouble();
    }
}
