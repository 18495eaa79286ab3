package io.tributary.core.measure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Losses and a histogram of scores by class, for one scorer. Two of them over different events add up to the one over
 * all, and an event can be taken out again.
 *
 * <p>Ranking measures come from the histogram: {@value #BINS} bins of equal width over the log-odds from −14 to 14, so
 * that small probabilities keep their order. Scores in one bin (0.055 in log-odds) count as ties. On smooth scores with a
 * few hundred positives or more, average precision comes out low by up to 0.01, and the area under the ROC curve is off
 * by less than 0.001.
 */
final class BinaryMeasure extends Measure {

    static final int BINS = 512;
    private static final double EDGE = 14;

    private static final int TENTHS = 10;
    private static final int DECISIONS = 4;

    private final double clip;
    private final double threshold;
    private final Persistence persistence = new Persistence();
    private final long[] decisions = new long[DECISIONS];
    private final long[] tenthEvents = new long[TENTHS];
    private final long[] tenthPositives = new long[TENTHS];
    private final double[] tenthScores = new double[TENTHS];
    private final long[] negatives = new long[BINS];
    private final long[] positives = new long[BINS];
    private final Sum logLoss = new Sum();
    private final Sum squares = new Sum();
    private long count;

    /**
     * Counts nothing yet.
     *
     * @param clip scores are kept this far from 0 and 1 for the log loss
     * @param threshold the score from which on an event is held to be positive
     */
    BinaryMeasure(double clip, double threshold) {
        this.clip = clip;
        this.threshold = threshold;
    }

    @Override
    void add(double[] scores, int at, double label, int times) {
        double score = scores[at];
        boolean positive = label > 0.5;
        double p = Math.min(1 - clip, Math.max(clip, score));
        count += times;
        logLoss.add(times * -StrictMath.log(positive ? p : 1 - p));
        squares.add(times * (score - label) * (score - label));
        (positive ? positives : negatives)[bin(p)] += times;
        decisions[(score >= threshold ? 0 : 2) + (positive ? 0 : 1)] += times;
        int tenth = Math.min(TENTHS - 1, Math.max(0, (int) (TENTHS * score)));
        tenthEvents[tenth] += times;
        tenthPositives[tenth] += positive ? times : 0;
        tenthScores[tenth] += times * score;
    }

    @Override
    void follow(double label) {
        persistence.observe(label);
    }

    @Override
    void merge(Measure later) {
        BinaryMeasure other = (BinaryMeasure) later;
        count += other.count;
        logLoss.add(other.logLoss);
        squares.add(other.squares);
        add(other.negatives, negatives);
        add(other.positives, positives);
        add(other.decisions, decisions);
        add(other.tenthEvents, tenthEvents);
        add(other.tenthPositives, tenthPositives);
        for (int i = 0; i < TENTHS; i++) {
            tenthScores[i] += other.tenthScores[i];
        }
        persistence.merge(other.persistence);
    }

    private static void add(long[] more, long[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += more[i];
        }
    }

    /** At the threshold: those above it that are positive and negative, then those below it that are. */
    private Confusion confusion() {
        return new Confusion(decisions[0], decisions[1], decisions[2], decisions[3]);
    }

    private static int bin(double p) {
        double logit = StrictMath.log(p / (1 - p));
        int bin = (int) ((logit + EDGE) * (BINS / (2 * EDGE)));
        return Math.min(BINS - 1, Math.max(0, bin));
    }

    @Override
    long count() {
        return count;
    }

    @Override
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
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(Figure.LOG_LOSS, ratio(logLoss.value(), count));
        values.put(Figure.BRIER, ratio(squares.value(), count));
        values.put(Figure.AVERAGE_PRECISION, bothClasses ? precisionSum / allPositives : Double.NaN);
        values.put(Figure.AUC, bothClasses ? rankSum / ((double) allPositives * allNegatives) : Double.NaN);
        confusion().into(values);
        values.put(Figure.KAPPA_TEMPORAL, persistence.kappa(confusion().accuracy()));
        return new Figures(scorer, count, ratio(count, labelled), values, calibration());
    }

    private List<Figures.CalibrationBin> calibration() {
        List<Figures.CalibrationBin> bins = new ArrayList<>();
        for (int i = 0; i < TENTHS; i++) {
            if (tenthEvents[i] > 0) {
                bins.add(new Figures.CalibrationBin(
                        tenthScores[i] / tenthEvents[i], (double) tenthPositives[i] / tenthEvents[i], tenthEvents[i]));
            }
        }
        return bins;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        return sum;
    }

    @Override
    int maxBytes() {
        return Long.BYTES
                + 2 * Sum.BYTES
                + TENTHS * Double.BYTES
                + (2 * BINS + DECISIONS + 2 * TENTHS) * 10
                + Persistence.BYTES;
    }

    @Override
    void write(ByteBuffer into) {
        into.putLong(count);
        logLoss.write(into);
        squares.write(into);
        for (int bin = 0; bin < BINS; bin++) {
            writeCount(negatives[bin], into);
            writeCount(positives[bin], into);
        }
        for (long decision : decisions) {
            writeCount(decision, into);
        }
        for (int i = 0; i < TENTHS; i++) {
            writeCount(tenthEvents[i], into);
            writeCount(tenthPositives[i], into);
            into.putDouble(tenthScores[i]);
        }
        persistence.write(into);
    }

    @Override
    void read(ByteBuffer from) {
        count = from.getLong();
        logLoss.read(from);
        squares.read(from);
        for (int bin = 0; bin < BINS; bin++) {
            negatives[bin] = readCount(from);
            positives[bin] = readCount(from);
        }
        for (int i = 0; i < DECISIONS; i++) {
            decisions[i] = readCount(from);
        }
        for (int i = 0; i < TENTHS; i++) {
            tenthEvents[i] = readCount(from);
            tenthPositives[i] = readCount(from);
            tenthScores[i] = from.getDouble();
        }
        persistence.read(from);
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
