package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectralTest {

    private static final double NAN = Double.NaN;
    private static final int EVENTS = 40_000;

    /** Scores that err independently given the truth: 0 or 1 by its strength, plus noise of deviation 1. */
    private static double[] scores(Random random, double... strengths) {
        double truth = random.nextDouble() < 0.2 ? 1 : 0;
        return Arrays.stream(strengths)
                .map(strength -> strength * truth + random.nextGaussian())
                .toArray();
    }

    private static double[] weights(Spectral spectral, int members) {
        double[] weights = new double[members];
        spectral.weights(weights);
        return weights;
    }

    /** The correlation of a score with the truth, for which the eigenvector stands. */
    private static double separation(double strength) {
        double variance = 0.2 * 0.8;
        return strength * Math.sqrt(variance) / Math.sqrt(strength * strength * variance + 1);
    }

    @Test
    void weights_membersThatErrIndependently_areAsTheyTellTheClassesApart() {
        double[] strengths = {1.5, 0.8, 3, 0.4, 2.2};
        Random random = new Random(1);
        Spectral spectral = new Spectral(strengths.length);
        for (int i = 0; i < EVENTS; i++) {
            spectral.observe(scores(random, strengths));
        }
        double[] weights = weights(spectral, strengths.length);

        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
        assertThat(weights[2]).isGreaterThan(weights[4]);
        assertThat(weights[4]).isGreaterThan(weights[0]);
        assertThat(weights[0]).isGreaterThan(weights[1]);
        assertThat(weights[1]).isGreaterThan(weights[3]);
        double sum = Arrays.stream(strengths).map(SpectralTest::separation).sum();
        for (int k = 0; k < strengths.length; k++) {
            assertThat(weights[k]).as("member %d", k).isCloseTo(separation(strengths[k]) / sum, within(0.02));
        }
    }

    @Test
    void weights_memberWorseThanChance_getsNone() {
        Random random = new Random(2);
        Spectral spectral = new Spectral(4);
        for (int i = 0; i < EVENTS; i++) {
            spectral.observe(scores(random, 2, -1, 1.5, 1));
        }
        assertThat(weights(spectral, 4)[1]).isZero();
    }

    @Test
    void weights_scoresOnAnotherScale_areTheSame() {
        Random random = new Random(3);
        Spectral spectral = new Spectral(3);
        Spectral scaled = new Spectral(3);
        for (int i = 0; i < 5_000; i++) {
            double[] scores = scores(random, 2, 1.5, 1);
            spectral.observe(scores);
            scaled.observe(new double[] {1e6 + 1000 * scores[0], scores[1], 0.001 * scores[2]});
        }
        assertThat(weights(scaled, 3)).containsExactly(weights(spectral, 3), within(1e-6));
    }

    @Test
    void weights_membersThatAnswerNowAndThen_areJudgedByWhatTheySaidTogether() {
        double[] strengths = {2, 1.2, 0.6, 3};
        Random random = new Random(4);
        Spectral spectral = new Spectral(4);
        for (int i = 0; i < EVENTS; i++) {
            double[] scores = scores(random, strengths);
            for (int k = 0; k < scores.length; k++) {
                scores[k] = random.nextInt(3) == 0 ? NAN : scores[k];
            }
            spectral.observe(scores);
        }
        double[] weights = weights(spectral, 4);
        assertThat(weights[3]).isGreaterThan(weights[0]);
        assertThat(weights[0]).isGreaterThan(weights[1]);
        assertThat(weights[1]).isGreaterThan(weights[2]);
        assertThat(weights[2]).isPositive();
    }

    @Test
    void weights_memberThatAlwaysSaysTheSameOrNothing_getsNone() {
        Random random = new Random(5);
        Spectral spectral = new Spectral(5);
        for (int i = 0; i < 5_000; i++) {
            double[] scores = scores(random, 2, 1.5, 1, 0, 0);
            scores[3] = 0.25;
            scores[4] = NAN;
            spectral.observe(scores);
        }
        double[] weights = weights(spectral, 5);
        assertThat(weights[3]).isZero();
        assertThat(weights[4]).isZero();
        assertThat(weights).doesNotContain(NAN);
    }

    @Test
    void weights_whereNothingCanBeSaid_areEqual() {
        assertThat(weights(new Spectral(3), 3)).containsOnly(1.0 / 3);
        Spectral one = new Spectral(3);
        one.observe(new double[] {0.1, 0.2, 0.3});
        assertThat(weights(one, 3)).containsOnly(1.0 / 3);
        Spectral pair = new Spectral(2);
        Random random = new Random(6);
        for (int i = 0; i < 100; i++) {
            pair.observe(scores(random, 1, 3));
        }
        assertThat(weights(pair, 2)).containsOnly(0.5);
    }

    @Test
    void weights_ofTheSameScores_areTheSameBits() {
        double[][] results = new double[2][];
        for (int run = 0; run < 2; run++) {
            Random random = new Random(7);
            Spectral spectral = new Spectral(3);
            for (int i = 0; i < 1_000; i++) {
                spectral.observe(scores(random, 1, 2, 3));
            }
            results[run] = weights(spectral, 3);
        }
        assertThat(results[0]).containsExactly(results[1]);
    }
}
