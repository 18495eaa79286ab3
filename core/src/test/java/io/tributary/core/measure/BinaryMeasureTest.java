package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryMeasureTest {

    private static final double CLIP = 1e-6;

    @Test
    void figures_ofNothing_areNaN() {
        Figures figures = new BinaryMeasure(CLIP).figures("a", 0);
        assertThat(figures.count()).isZero();
        assertThat(figures.answered()).isNaN();
        assertThat(figures.logLoss()).isNaN();
        assertThat(figures.brier()).isNaN();
        assertThat(figures.averagePrecision()).isNaN();
        assertThat(figures.auc()).isNaN();
    }

    @Test
    void figures_onScoresInDifferentBins_areExact() {
        // 24 scores 0.4 apart in log-odds: no two share a bin.
        double[] scores = new double[24];
        boolean[] positive = new boolean[24];
        Random random = new Random(3);
        BinaryMeasure measure = new BinaryMeasure(CLIP);
        for (int i = 0; i < 24; i++) {
            scores[i] = 1 / (1 + Math.exp(-(i - 12) * 0.4));
            positive[i] = random.nextInt(24) < i;
            measure.observe(scores[i], positive[i] ? 1 : 0, 1);
        }
        Figures figures = measure.figures("a", 24);
        assertThat(figures.averagePrecision()).isCloseTo(Definitions.averagePrecision(scores, positive), within(1e-14));
        assertThat(figures.auc()).isCloseTo(Definitions.auc(scores, positive), within(1e-14));
        assertThat(figures.logLoss()).isCloseTo(Definitions.logLoss(scores, positive, CLIP), within(1e-14));
        assertThat(figures.brier()).isCloseTo(Definitions.brier(scores, positive), within(1e-14));
        assertThat(figures.answered()).isEqualTo(1);
    }

    /** The error that the class states. */
    @Test
    void figures_onManyScores_areNearTheExactOnes() {
        for (double rate : new double[] {0.005, 0.05, 0.5}) {
            for (double separation : new double[] {0.5, 2, 4}) {
                Random random = new Random(17);
                BinaryMeasure measure = new BinaryMeasure(CLIP);
                ScoredLabels exact = new ScoredLabels();
                for (int i = 0; i < 50_000; i++) {
                    boolean positive = random.nextDouble() < rate;
                    double logit = Math.log(rate / (1 - rate)) + random.nextGaussian() + (positive ? separation : 0);
                    double score = 1 / (1 + Math.exp(-logit));
                    measure.observe(score, positive ? 1 : 0, 1);
                    exact.add(score, positive);
                }
                Figures binned = measure.figures("a", 50_000);
                Figures whole = exact.figures("a", CLIP);
                String about = "rate " + rate + ", separation " + separation;
                assertThat(binned.averagePrecision())
                        .as(about)
                        .isBetween(whole.averagePrecision() - 0.01, whole.averagePrecision() + 0.001);
                assertThat(binned.auc()).as(about).isCloseTo(whole.auc(), within(0.001));
                assertThat(binned.logLoss()).as(about).isCloseTo(whole.logLoss(), within(1e-12));
                assertThat(binned.brier()).as(about).isCloseTo(whole.brier(), within(1e-12));
            }
        }
    }

    @Test
    void figures_certainScores_countAtTheEndsAndCostTheClip() {
        BinaryMeasure measure = new BinaryMeasure(CLIP);
        measure.observe(0, 0, 1);
        measure.observe(1, 1, 1);
        measure.observe(1, 0, 1);
        Figures figures = measure.figures("a", 3);
        assertThat(figures.logLoss()).isCloseTo(-Math.log(CLIP) / 3, within(1e-5));
        assertThat(figures.brier()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(figures.auc()).isCloseTo(0.75, within(1e-15));
        assertThat(figures.averagePrecision()).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void observe_nan_isNotCounted() {
        BinaryMeasure measure = new BinaryMeasure(CLIP);
        measure.observe(Double.NaN, 1, 1);
        measure.observe(0.5, 1, 1);
        assertThat(measure.count()).isEqualTo(1);
        assertThat(measure.figures("a", 2).answered()).isEqualTo(0.5);
    }

    @Test
    void observe_thenTakenOut_isAsIfItHadNotBeen() {
        Random random = new Random(9);
        BinaryMeasure measure = new BinaryMeasure(CLIP);
        BinaryMeasure without = new BinaryMeasure(CLIP);
        for (int i = 0; i < 500; i++) {
            double score = random.nextDouble();
            double label = random.nextInt(2);
            measure.observe(score, label, 1);
            without.observe(score, label, 1);
            double other = random.nextDouble();
            measure.observe(other, label, 1);
            measure.observe(other, label, -1);
        }
        Figures figures = measure.figures("a", 500);
        Figures expected = without.figures("a", 500);
        assertThat(figures.count()).isEqualTo(500);
        assertThat(figures.auc()).isEqualTo(expected.auc());
        assertThat(figures.averagePrecision()).isEqualTo(expected.averagePrecision());
        assertThat(figures.logLoss()).isCloseTo(expected.logLoss(), within(1e-12));
        assertThat(figures.brier()).isCloseTo(expected.brier(), within(1e-12));
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        Random random = new Random(1);
        BinaryMeasure measure = new BinaryMeasure(CLIP);
        for (int i = 0; i < 100_000; i++) {
            measure.observe(random.nextInt(3) == 0 ? 0.5 : random.nextDouble(), random.nextInt(2), 1);
        }
        // One more taken out than was put in: counts may pass below zero.
        measure.observe(1e-5, 1, -1);
        measure.observe(0.99999, 1, -1);
        ByteBuffer bytes = ByteBuffer.allocate(BinaryMeasure.maxBytes());
        measure.write(bytes);
        bytes.flip();
        BinaryMeasure read = new BinaryMeasure(CLIP);
        read.read(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.figures("a", 1)).isEqualTo(measure.figures("a", 1));
        assertThat(read.count()).isEqualTo(99_998);
    }
}
