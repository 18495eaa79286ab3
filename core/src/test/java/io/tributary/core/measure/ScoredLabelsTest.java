package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoredLabelsTest {

    private static final double CLIP = 1e-6;

    @Test
    void figures_ofNothing_areNaN() {
        Figures figures = new ScoredLabels().figures("a", CLIP);
        assertThat(figures.scorer()).isEqualTo("a");
        assertThat(figures.count()).isZero();
        assertThat(new double[] {
                    figures.answered(), figures.logLoss(), figures.brier(), figures.averagePrecision(), figures.auc()
                })
                .containsOnly(Double.NaN);
    }

    @Test
    void figures_byHand() {
        ScoredLabels labels = new ScoredLabels();
        labels.add(0.9, true);
        labels.add(0.8, false);
        labels.add(0.6, true);
        labels.add(Double.NaN, true);
        labels.add(0.1, false);
        Figures figures = labels.figures("a", CLIP);

        assertThat(figures.count()).isEqualTo(4);
        assertThat(figures.answered()).isEqualTo(0.8);
        assertThat(figures.logLoss())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.6) + Math.log(0.9)) / 4, within(1e-15));
        assertThat(figures.brier()).isCloseTo((0.01 + 0.64 + 0.16 + 0.01) / 4, within(1e-15));
        assertThat(figures.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
        assertThat(figures.auc()).isCloseTo(3 / 4.0, within(1e-15));
    }

    @Test
    void figures_allTied_areTheBaseRateAndOneHalf() {
        ScoredLabels labels = new ScoredLabels();
        for (int i = 0; i < 10; i++) {
            labels.add(0.4, i < 3);
        }
        Figures figures = labels.figures("a", CLIP);
        assertThat(figures.averagePrecision()).isCloseTo(0.3, within(1e-15));
        assertThat(figures.auc()).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void figures_oneClass_hasLossesAndNoRanking() {
        ScoredLabels labels = new ScoredLabels();
        labels.add(0.4, true);
        Figures figures = labels.figures("a", CLIP);
        assertThat(figures.brier()).isCloseTo(0.36, within(1e-15));
        assertThat(figures.averagePrecision()).isNaN();
        assertThat(figures.auc()).isNaN();
    }

    @Test
    void figures_certainAndWrong_costWhatTheClipAllows() {
        ScoredLabels labels = new ScoredLabels();
        labels.add(0, true);
        labels.add(1, false);
        Figures figures = labels.figures("a", CLIP);
        assertThat(figures.logLoss()).isCloseTo(-Math.log(CLIP), within(1e-9));
        assertThat(figures.brier()).isEqualTo(1);
        assertThat(figures.auc()).isZero();
    }

    @Test
    void figures_manyWithTies_areThoseOfTheDefinitions() {
        Random random = new Random(5);
        for (int round = 0; round < 20; round++) {
            int size = 50 + random.nextInt(2_000);
            int steps = round % 2 == 0 ? 20 : 1_000_000;
            double[] scores = new double[size];
            boolean[] positive = new boolean[size];
            ScoredLabels labels = new ScoredLabels();
            for (int i = 0; i < size; i++) {
                positive[i] = random.nextInt(4) == 0;
                double score = 0.7 * random.nextDouble() + (positive[i] ? 0.2 : 0);
                scores[i] = Math.rint(score * steps) / steps;
                labels.add(scores[i], positive[i]);
            }
            Figures figures = labels.figures("a", CLIP);
            assertThat(figures.auc()).isCloseTo(Definitions.auc(scores, positive), within(1e-12));
            assertThat(figures.averagePrecision())
                    .isCloseTo(Definitions.averagePrecision(scores, positive), within(1e-12));
            assertThat(figures.logLoss()).isCloseTo(Definitions.logLoss(scores, positive, CLIP), within(1e-12));
            assertThat(figures.brier()).isCloseTo(Definitions.brier(scores, positive), within(1e-12));
        }
    }
}
