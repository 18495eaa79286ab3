package io.tributary.core.drift;

import java.nio.ByteBuffer;

/**
 * Puts losses of any unit and level on the scale for which the usual parameters of the detectors are made, that of error
 * bits: a mean of 0 and a standard deviation of {@value #DEVIATION}, capped at ±{@value #CAP}.
 *
 * <p>Mean and deviation are taken over {@value #REFERENCE} losses and then held, for a scale that moved with the losses
 * would hide a slow change, or look like one. After an alarm they are taken anew. Where they have hardly moved, the old
 * ones stay, and the detectors keep what they know.
 *
 * <p>Why not the mean alone: squared errors and losses of rare classes vary by several times their mean, and Page-Hinkley
 * then alarms on steady losses. Why the deviation of log losses, too, and not the losses as they are: those of a rare
 * class are so small that a rise by half is hardly above Page-Hinkley's δ. Why the mean as well: losses far from 0 that
 * vary little would all be above the cap.
 *
 * <p>The cap, five deviations, keeps one wild loss from being a change, and changes among wild losses are found sooner for
 * it. ADWIN's bound is made for an interval of length 1 and so is not strict here; in simulations of steady losses, some
 * without a finite mean, false alarms came about once in a million losses. An outlier among the reference makes
 * both detectors less sensitive until the next one.
 */
final class LossScale {

    static final int REFERENCE = 1000;
    static final double DEVIATION = 0.4;
    static final double CAP = 2;

    /** Losses that differ by less, relative to their mean, are the same. */
    private static final double SAME = 1e-9;

    static final int BYTES = 5 * Double.BYTES;

    private long count;
    private double mean;
    private double squares;
    private double center = Double.NaN;
    private double deviation = Double.NaN;
    private boolean wasConstant;

    /** Whether there is a scale yet. */
    boolean known() {
        return !Double.isNaN(deviation);
    }

    /**
     * Takes a finite loss into the reference, if that is not complete.
     *
     * @return whether it has completed the reference and the scale is another now
     */
    boolean learn(double loss) {
        if (complete()) {
            return false;
        }
        wasConstant = count > 1 && !varies();
        count++;
        double difference = loss - mean;
        mean += difference / count;
        squares += difference * (loss - mean);
        return complete() && renew(Math.sqrt(squares / count));
    }

    /** Losses that are all the same have no scale: the reference waits for one that differs. */
    private boolean complete() {
        return count >= REFERENCE && varies();
    }

    /** By more than rounding: a loss of 1 and one of 0 taken for the right label differ in their last bit. */
    private boolean varies() {
        return squares > SAME * SAME * count * mean * mean;
    }

    private boolean renew(double newDeviation) {
        boolean near =
                newDeviation > deviation / 2 && newDeviation < deviation * 2 && Math.abs(mean - center) < 2 * deviation;
        if (near) {
            return false;
        }
        center = mean;
        deviation = newDeviation;
        return true;
    }

    /** Whether all losses of the reference that {@link #learn} has just completed were the same but for the last. */
    boolean wasConstant() {
        return wasConstant;
    }

    /** Begins a new reference; the scale stays until it is complete. */
    void startAnew() {
        count = 0;
        mean = 0;
        squares = 0;
    }

    /** A loss on the scale. */
    double scaled(double loss) {
        return Math.max(-CAP, Math.min(CAP, (loss - center) / deviation * DEVIATION));
    }

    /** The loss that is at that point of the scale. */
    double loss(double scaled) {
        return center + scaled / DEVIATION * deviation;
    }

    void write(ByteBuffer bytes) {
        bytes.putLong(count)
                .putDouble(mean)
                .putDouble(squares)
                .putDouble(center)
                .putDouble(deviation);
    }

    void read(ByteBuffer bytes) {
        count = bytes.getLong();
        mean = bytes.getDouble();
        squares = bytes.getDouble();
        center = bytes.getDouble();
        deviation = bytes.getDouble();
    }
}
