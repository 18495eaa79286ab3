package io.tributary.core.measure;

import java.nio.ByteBuffer;

/**
 * Losses and a histogram of scores by class, for one scorer. Two of them over different events add up to the one over
 * all, and an event can be taken out again.
 *
 * <p>Ranking measures come from the histogram: {@value #BINS} bins of equal width over the log-odds from −14 to 14, so
 * that small probabilities keep their order. Scores in one bin (0.055 in log-odds) count as ties. On smooth scores with a
 * few hundred positives or more, average precision comes out low by up to 0.01, and the area under the ROC curve is off
 * by less than 0.001.
 */
final class BinaryMeasure {

    static final int BINS = 512;
    private static final double EDGE = 14;

    private final double clip;
    private final long[] negatives = new long[BINS];
    private final long[] positives = new long[BINS];
    private long count;
    private double logLoss;
    private double squares;

    /** Counts nothing yet. Scores are kept {@code clip} away from 0 and 1 for the log loss. */
    BinaryMeasure(double clip) {
        this.clip = clip;
    }

    /** Adds an event, or takes it out with {@code times} −1. Nothing happens when the score is NaN. */
    void observe(double score, double label, int times) {
        if (Double.isNaN(score)) {
            return;
        }
        boolean positive = label > 0.5;
        double p = Math.min(1 - clip, Math.max(clip, score));
        count += times;
        logLoss += times * -StrictMath.log(positive ? p : 1 - p);
        squares += times * (score - label) * (score - label);
        (positive ? positives : negatives)[bin(p)] += times;
    }

    private static int bin(double p) {
        double logit = StrictMath.log(p / (1 - p));
        int bin = (int) ((logit + EDGE) * (BINS / (2 * EDGE)));
        return Math.min(BINS - 1, Math.max(0, bin));
    }

    long count() {
        return count;
    }

    Figures figures(String scorer, long labelled) {
        long allPositives = sum(positives);
        long allNegatives = sum(negatives);
        double precisionSum = 0;
        double rankSum = 0;
        long truePositives = 0;
        long falsePositives = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            truePositives += positives[bin];
            if (positives[bin] != 0) {
                precisionSum +=
                        positives[bin] * ((double) truePositives / (truePositives + falsePositives + negatives[bin]));
            }
            rankSum += negatives[bin] * (truePositives - positives[bin] / 2.0);
            falsePositives += negatives[bin];
        }
        boolean bothClasses = allPositives > 0 && allNegatives > 0;
        return new Figures(
                scorer,
                count,
                labelled == 0 ? Double.NaN : (double) count / labelled,
                count == 0 ? Double.NaN : logLoss / count,
                count == 0 ? Double.NaN : squares / count,
                bothClasses ? precisionSum / allPositives : Double.NaN,
                bothClasses ? rankSum / ((double) allPositives * allNegatives) : Double.NaN);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        return sum;
    }

    /** The most bytes that {@link #write} takes. */
    static int maxBytes() {
        return 3 * 8 + 2 * BINS * 10;
    }

    void write(ByteBuffer into) {
        into.putLong(count).putDouble(logLoss).putDouble(squares);
        for (int bin = 0; bin < BINS; bin++) {
            writeCount(negatives[bin], into);
            writeCount(positives[bin], into);
        }
    }

    void read(ByteBuffer from) {
        count = from.getLong();
        logLoss = from.getDouble();
        squares = from.getDouble();
        for (int bin = 0; bin < BINS; bin++) {
            negatives[bin] = readCount(from);
            positives[bin] = readCount(from);
        }
    }

    /** Most counts are 0 or small: seven bits a byte, the lowest first. */
    private static void writeCount(long value, ByteBuffer into) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            into.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    private static long readCount(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
