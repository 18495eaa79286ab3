package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoredLabelsTest {

    private static final double CLIP = 1e-6;

    @Test
    void figures_ofNothing_areNaN() {
        Figures figures = new ScoredLabels(CLIP).figures("a");
        assertThat(figures.scorer()).isEqualTo("a");
        assertThat(figures.count()).isZero();
        assertThat(new double[] {
                    figures.answered(),
                    figures.of(Figure.LOG_LOSS),
                    figures.of(Figure.BRIER),
                    figures.of(Figure.AVERAGE_PRECISION),
                    figures.of(Figure.AUC)
                })
                .containsOnly(Double.NaN);
    }

    @Test
    void figures_byHand() {
        ScoredLabels labels = new ScoredLabels(CLIP);
        labels.add(0.9, 1);
        labels.add(0.8, 0);
        labels.add(0.6, 1);
        labels.add(Double.NaN, 1);
        labels.add(0.1, 0);
        Figures figures = labels.figures("a");

        assertThat(figures.count()).isEqualTo(4);
        assertThat(figures.answered()).isEqualTo(0.8);
        assertThat(figures.of(Figure.LOG_LOSS))
                .isCloseTo(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.6) + Math.log(0.9)) / 4, within(1e-15));
        assertThat(figures.of(Figure.BRIER)).isCloseTo((0.01 + 0.64 + 0.16 + 0.01) / 4, within(1e-15));
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
        assertThat(figures.of(Figure.AUC)).isCloseTo(3 / 4.0, within(1e-15));
    }

    @Test
    void figures_allTied_areTheBaseRateAndOneHalf() {
        ScoredLabels labels = new ScoredLabels(CLIP);
        for (int i = 0; i < 10; i++) {
            labels.add(0.4, i < 3 ? 1 : 0);
        }
        Figures figures = labels.figures("a");
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isCloseTo(0.3, within(1e-15));
        assertThat(figures.of(Figure.AUC)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void figures_oneClass_hasLossesAndNoRanking() {
        ScoredLabels labels = new ScoredLabels(CLIP);
        labels.add(0.4, 1);
        Figures figures = labels.figures("a");
        assertThat(figures.of(Figure.BRIER)).isCloseTo(0.36, within(1e-15));
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isNaN();
        assertThat(figures.of(Figure.AUC)).isNaN();
    }

    @Test
    void figures_certainAndWrong_costWhatTheClipAllows() {
        ScoredLabels labels = new ScoredLabels(CLIP);
        labels.add(0, 1);
        labels.add(1, 0);
        Figures figures = labels.figures("a");
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(-Math.log(CLIP), within(1e-9));
        assertThat(figures.of(Figure.BRIER)).isEqualTo(1);
        assertThat(figures.of(Figure.AUC)).isZero();
    }

    @Test
    void figures_manyWithTies_areThoseOfTheDefinitions() {
        Random random = new Random(5);
        for (int round = 0; round < 20; round++) {
            int size = 50 + random.nextInt(2_000);
            int steps = round % 2 == 0 ? 20 : 1_000_000;
            double[] scores = new double[size];
            boolean[] positive = new boolean[size];
            ScoredLabels labels = new ScoredLabels(CLIP);
            for (int i = 0; i < size; i++) {
                positive[i] = random.nextInt(4) == 0;
                double score = 0.7 * random.nextDouble() + (positive[i] ? 0.2 : 0);
                scores[i] = Math.rint(score * steps) / steps;
                labels.add(scores[i], positive[i] ? 1 : 0);
            }
            Figures figures = labels.figures("a");
            assertThat(figures.of(Figure.AUC)).isCloseTo(Definitions.auc(scores, positive), within(1e-12));
            assertThat(figures.of(Figure.AVERAGE_PRECISION))
                    .isCloseTo(Definitions.averagePrecision(scores, positive), within(1e-12));
            assertThat(figures.of(Figure.LOG_LOSS))
                    .isCloseTo(Definitions.logLoss(scores, positive, CLIP), within(1e-12));
            assertThat(figures.of(Figure.BRIER)).isCloseTo(Definitions.brier(scores, positive), within(1e-12));
        }
    }

    @Test
    void precisionRecall_ofManyScores_isThinnedOutBetweenItsEnds() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(2);
        ScoredLabels labels = new ScoredLabels(CLIP);
        for (int i = 0; i < 5000; i++) {
            int label = random.nextInt(5) == 0 ? 1 : 0;
            labels.add(random.nextDouble() * (1 + label) / 2, label);
        }
        for (int most : new int[] {3, 10, 200}) {
            java.util.List<double[]> points = labels.precisionRecall(most);
            assertThat(points).hasSizeBetween(Math.min(most, 3) - 1, most);
            assertThat(points.get(points.size() - 1)[0]).isEqualTo(1);
            for (int i = 1; i < points.size(); i++) {
                assertThat(points.get(i)[0]).isGreaterThanOrEqualTo(points.get(i - 1)[0]);
            }
        }
        assertThat(new ScoredLabels(CLIP).precisionRecall(10)).isEmpty();
    }

    @Test
    void precisionRecall_ofFewScores_hasEveryThreshold() {
        ScoredLabels labels = new ScoredLabels(CLIP);
        labels.add(0.9, 1);
        labels.add(0.8, 0);
        labels.add(0.7, 1);
        assertThat(labels.precisionRecall(100)).containsExactly(new double[] {0.5, 1}, new double[] {1, 2 / 3.0});
    }
}
