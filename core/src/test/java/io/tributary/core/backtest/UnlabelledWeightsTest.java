package io.tributary.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Weights;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnlabelledWeightsTest {

    private static final int ROWS = 5000;

    @Test
    void of_membersThatErrApart_weighsThoseThatAreRightMoreOften() {
        EnsembleSpec spec = TestSpecs.of(List.of("good", "fair", "poor"), "");
        SplittableRandom random = new SplittableRandom(5);
        double[][] scores = new double[ROWS][];
        double[] rights = {0.9, 0.75, 0.6};
        for (int t = 0; t < ROWS; t++) {
            boolean truth = random.nextBoolean();
            scores[t] = Arrays.stream(rights)
                    .map(right -> random.nextDouble() < right == truth ? 0.8 : 0.2)
                    .toArray();
        }
        double[] labels = new double[ROWS];
        Arrays.fill(labels, Double.NaN);

        Weights weights =
                UnlabelledWeights.of(Recording.delayed(spec.memberNames(), scores, labels, 0), spec.plan(), 5);

        assertThat(UnlabelledWeights.suit(spec.plan())).isTrue();
        assertThat(weights.version()).isZero();
        assertThat(weights.weight(0)).isGreaterThan(weights.weight(1) + 0.05);
        assertThat(weights.weight(1)).isGreaterThan(weights.weight(2) + 0.05);
        Predictor predictor = new Predictor(spec);
        assertThat(predictor.use(weights)).isTrue();
        assertThat(predictor.predict(new Event("e", 0, null, new float[2], null), scores[0].clone(), new String[3], 0)
                        .weights()[0])
                .isEqualTo(weights.weight(0));
    }

    @Test
    void suit_whereNothingCanBeTold_isFalse() {
        assertThat(UnlabelledWeights.suit(TestSpecs.of("a", "b").plan())).isFalse();
        assertThat(UnlabelledWeights.suit(
                        TestSpecs.of(List.of("a", "b", "c"), "task: regression").plan()))
                .isFalse();
        assertThat(UnlabelledWeights.suit(TestSpecs.of(List.of("a", "b", "c"), "learning: {learner: stack}")
                        .plan()))
                .isFalse();
    }
}
