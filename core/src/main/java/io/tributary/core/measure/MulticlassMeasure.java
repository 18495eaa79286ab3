package io.tributary.core.measure;

import io.tributary.core.Labels;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Losses, and which class was taken for which, for one scorer of several classes. */
final class MulticlassMeasure extends Measure {

    private final int classes;
    private final double clip;
    private final Persistence persistence = new Persistence();
    private final Sum logLoss = new Sum();
    private final Sum squares = new Sum();

    /** How often a class (the row) was taken for a class (the column). */
    private final long[] taken;

    private long count;

    /**
     * Counts nothing yet.
     *
     * @param classes how many there are, at least 2
     * @param clip the true class's probability is kept this far from 0 for the log loss
     */
    MulticlassMeasure(int classes, double clip) {
        this.classes = classes;
        this.clip = clip;
        this.taken = new long[classes * classes];
    }

    @Override
    void add(double[] scores, int at, double label, int times) {
        int truth = (int) label;
        int likeliest = Labels.likeliest(scores, at, classes);
        double apart = 0;
        for (int c = 0; c < classes; c++) {
            double off = scores[at + c] - (c == truth ? 1 : 0);
            apart += off * off;
        }
        count += times;
        logLoss.add(times * -StrictMath.log(Math.min(1 - clip, Math.max(clip, scores[at + truth]))));
        squares.add(times * apart);
        taken[truth * classes + likeliest] += times;
    }

    @Override
    void follow(double label) {
        persistence.observe(label);
    }

    @Override
    void merge(Measure later) {
        MulticlassMeasure other = (MulticlassMeasure) later;
        count += other.count;
        logLoss.add(other.logLoss);
        squares.add(other.squares);
        for (int i = 0; i < taken.length; i++) {
            taken[i] += other.taken[i];
        }
        persistence.merge(other.persistence);
    }

    @Override
    long count() {
        return count;
    }

    @Override
    Figures figures(String scorer, long labelled) {
        long right = 0;
        double sumOfF1 = 0;
        int seen = 0;
        for (int c = 0; c < classes; c++) {
            long isClass = 0;
            long saidClass = 0;
            for (int other = 0; other < classes; other++) {
                isClass += taken[c * classes + other];
                saidClass += taken[other * classes + c];
            }
            right += taken[c * classes + c];
            if (isClass + saidClass > 0) {
                sumOfF1 += 2.0 * taken[c * classes + c] / (isClass + saidClass);
                seen++;
            }
        }
        double accuracy = ratio(right, count);
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(Figure.LOG_LOSS, ratio(logLoss.value(), count));
        values.put(Figure.BRIER, ratio(squares.value(), count));
        values.put(Figure.ACCURACY, accuracy);
        values.put(Figure.MACRO_F1, ratio(sumOfF1, seen));
        values.put(Figure.KAPPA_TEMPORAL, persistence.kappa(accuracy));
        return new Figures(scorer, count, ratio(count, labelled), values, List.of());
    }

    @Override
    int maxBytes() {
        return (1 + taken.length) * Long.BYTES + 2 * Sum.BYTES + Persistence.BYTES;
    }

    @Override
    void write(ByteBuffer into) {
        into.putLong(count);
        logLoss.write(into);
        squares.write(into);
        for (long each : taken) {
            into.putLong(each);
        }
        persistence.write(into);
    }

    @Override
    void read(ByteBuffer from) {
        count = from.getLong();
        logLoss.read(from);
        squares.read(from);
        for (int i = 0; i < taken.length; i++) {
            taken[i] = from.getLong();
        }
        persistence.read(from);
    }
}
