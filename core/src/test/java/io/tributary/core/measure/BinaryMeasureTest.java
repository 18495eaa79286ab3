package io.tributary.core.measure;

import static io.tributary.core.measure.OneNumber.change;
import static io.tributary.core.measure.OneNumber.observe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryMeasureTest {

    private static final double CLIP = 1e-6;

    @Test
    void figures_ofNothing_areNaN() {
        Figures figures = new BinaryMeasure(CLIP, 0.5).figures("a", 0);
        assertThat(figures.count()).isZero();
        assertThat(figures.answered()).isNaN();
        assertThat(figures.of(Figure.LOG_LOSS)).isNaN();
        assertThat(figures.of(Figure.BRIER)).isNaN();
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isNaN();
        assertThat(figures.of(Figure.AUC)).isNaN();
    }

    @Test
    void figures_onScoresInDifferentBins_areExact() {
        // 24 scores 0.4 apart in log-odds: no two share a bin.
        double[] scores = new double[24];
        boolean[] positive = new boolean[24];
        Random random = new Random(3);
        BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
        for (int i = 0; i < 24; i++) {
            scores[i] = 1 / (1 + Math.exp(-(i - 12) * 0.4));
            positive[i] = random.nextInt(24) < i;
            observe(measure, scores[i], positive[i] ? 1 : 0);
        }
        Figures figures = measure.figures("a", 24);
        assertThat(figures.of(Figure.AVERAGE_PRECISION))
                .isCloseTo(Definitions.averagePrecision(scores, positive), within(1e-14));
        assertThat(figures.of(Figure.AUC)).isCloseTo(Definitions.auc(scores, positive), within(1e-14));
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(Definitions.logLoss(scores, positive, CLIP), within(1e-14));
        assertThat(figures.of(Figure.BRIER)).isCloseTo(Definitions.brier(scores, positive), within(1e-14));
        assertThat(figures.answered()).isEqualTo(1);
    }

    /** The error that the class states. */
    @Test
    void figures_onManyScores_areNearTheExactOnes() {
        for (double rate : new double[] {0.005, 0.05, 0.5}) {
            for (double separation : new double[] {0.5, 2, 4}) {
                Random random = new Random(17);
                BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
                ScoredLabels exact = new ScoredLabels(CLIP);
                for (int i = 0; i < 50_000; i++) {
                    boolean positive = random.nextDouble() < rate;
                    double logit = Math.log(rate / (1 - rate)) + random.nextGaussian() + (positive ? separation : 0);
                    double score = 1 / (1 + Math.exp(-logit));
                    observe(measure, score, positive ? 1 : 0);
                    exact.add(score, positive ? 1 : 0);
                }
                Figures binned = measure.figures("a", 50_000);
                Figures whole = exact.figures("a");
                String about = "rate " + rate + ", separation " + separation;
                assertThat(binned.of(Figure.AVERAGE_PRECISION))
                        .as(about)
                        .isBetween(
                                whole.of(Figure.AVERAGE_PRECISION) - 0.01, whole.of(Figure.AVERAGE_PRECISION) + 0.001);
                assertThat(binned.of(Figure.AUC)).as(about).isCloseTo(whole.of(Figure.AUC), within(0.001));
                assertThat(binned.of(Figure.LOG_LOSS)).as(about).isCloseTo(whole.of(Figure.LOG_LOSS), within(1e-12));
                assertThat(binned.of(Figure.BRIER)).as(about).isCloseTo(whole.of(Figure.BRIER), within(1e-12));
            }
        }
    }

    @Test
    void figures_certainScores_countAtTheEndsAndCostTheClip() {
        BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
        observe(measure, 0, 0);
        observe(measure, 1, 1);
        observe(measure, 1, 0);
        Figures figures = measure.figures("a", 3);
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(-Math.log(CLIP) / 3, within(1e-5));
        assertThat(figures.of(Figure.BRIER)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(figures.of(Figure.AUC)).isCloseTo(0.75, within(1e-15));
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void observe_nan_isNotCounted() {
        BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
        observe(measure, Double.NaN, 1);
        observe(measure, 0.5, 1);
        assertThat(measure.count()).isEqualTo(1);
        assertThat(measure.figures("a", 2).answered()).isEqualTo(0.5);
    }

    @Test
    void observe_thenTakenOut_isAsIfItHadNotBeen() {
        Random random = new Random(9);
        BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
        BinaryMeasure without = new BinaryMeasure(CLIP, 0.5);
        for (int i = 0; i < 500; i++) {
            double score = random.nextDouble();
            double label = random.nextInt(2);
            observe(measure, score, label);
            observe(without, score, label);
            double other = random.nextDouble();
            observe(measure, other, label);
            change(measure, other, label, -1);
        }
        Figures figures = measure.figures("a", 500);
        Figures expected = without.figures("a", 500);
        assertThat(figures.count()).isEqualTo(500);
        assertThat(figures.of(Figure.AUC)).isEqualTo(expected.of(Figure.AUC));
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isEqualTo(expected.of(Figure.AVERAGE_PRECISION));
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(expected.of(Figure.LOG_LOSS), within(1e-12));
        assertThat(figures.of(Figure.BRIER)).isCloseTo(expected.of(Figure.BRIER), within(1e-12));
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        Random random = new Random(1);
        BinaryMeasure measure = new BinaryMeasure(CLIP, 0.5);
        for (int i = 0; i < 100_000; i++) {
            observe(measure, random.nextInt(3) == 0 ? 0.5 : random.nextDouble(), random.nextInt(2));
        }
        // One more taken out than was put in: counts may pass below zero.
        change(measure, 1e-5, 1, -1);
        change(measure, 0.99999, 1, -1);
        ByteBuffer bytes = ByteBuffer.allocate(measure.maxBytes());
        measure.write(bytes);
        bytes.flip();
        BinaryMeasure read = new BinaryMeasure(CLIP, 0.5);
        read.read(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.figures("a", 1)).isEqualTo(measure.figures("a", 1));
        assertThat(read.count()).isEqualTo(99_998);
    }
}
