package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Offsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Calibration and intervals, which follow the fusion. */
class AfterFusionTest {

    private static final double CLIP = 1e-6;

    @Test
    void platt_ofScoresThatAreTooSure_lowersTheLossAndTakesTheSlopeBack() {
        SplittableRandom random = new SplittableRandom(2);
        Platt platt = new Platt(CLIP);
        double before = 0;
        double after = 0;
        for (int i = 0; i < 20_000; i++) {
            double logit = random.nextDouble(-2, 2);
            double label = random.nextDouble() < sigmoid(logit) ? 1 : 0;
            // Twice as sure as it should be, and shifted.
            double score = sigmoid(2 * logit + 1);
            if (i >= 2000) {
                before += loss(score, label);
                after += loss(platt.calibration().of(score, CLIP), label);
            }
            platt.learn(score, label, 1);
        }

        assertThat(after).isLessThan(0.9 * before);
        Calibration learned = platt.calibration();
        // logit = (logit of the score − 1) / 2
        double half = logit(learned.of(sigmoid(1 + 2 * 1.5), CLIP)) - logit(learned.of(sigmoid(1), CLIP));
        assertThat(half).isBetween(1.35, 1.65);
        assertThat(logit(learned.of(sigmoid(1), CLIP))).isBetween(-0.15, 0.15);
    }

    @Test
    void platt_ofScoresAtTheEnds_staysFinite() {
        Platt platt = new Platt(CLIP);
        for (int i = 0; i < 1000; i++) {
            platt.learn(i % 2, (i / 2) % 2, 1);
        }

        assertThat(platt.calibration().of(0, CLIP)).isBetween(0.0, 1.0);
        assertThat(platt.calibration().of(1, CLIP)).isBetween(0.0, 1.0);
    }

    /** The errors' spread triples halfway, and their mean wanders. */
    @Test
    void conformal_inAWorldThatDrifts_holdsTheTruthAsOftenAsAskedFor() {
        for (double level : new double[] {0.5, 0.8, 0.9, 0.95}) {
            SplittableRandom random = new SplittableRandom(9);
            Conformal conformal = new Conformal(level);
            int[] held = new int[2];
            int[] told = new int[2];
            for (int i = 0; i < 20_000; i++) {
                double label = Math.sin(i / 800.0) + random.nextDouble(-1, 1) * (i < 10_000 ? 1 : 3);
                Offsets offsets = conformal.offsets();
                if (offsets != null) {
                    told[i / 10_000]++;
                    held[i / 10_000] += offsets.lower() <= label && label <= offsets.upper() ? 1 : 0;
                }
                conformal.learn(0, label);
            }
            for (int half = 0; half < 2; half++) {
                assertThat((double) held[half] / told[half])
                        .as("level %s, half %d", level, half)
                        .isBetween(level - 0.015, level + 0.015);
            }
        }
    }

    @Test
    void conformal_beforeTwentyLabels_tellsNothing() {
        Conformal conformal = new Conformal(0.9);
        for (int i = 0; i < 19; i++) {
            conformal.learn(0, i);
        }
        assertThat(conformal.offsets()).isNull();
        conformal.learn(0, 19);
        assertThat(conformal.offsets()).isNotNull();
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static double logit(double score) {
        return Math.log(score / (1 - score));
    }

    private static double loss(double score, double label) {
        return -Math.log(label == 1 ? score : 1 - score);
    }
}
