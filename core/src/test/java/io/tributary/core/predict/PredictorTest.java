package io.tributary.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.TestWeights;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictorTest {

    private static final double NAN = Double.NaN;
    private static final Event EVENT = new Event("e-1", 1000, "DE", new float[] {1, 2}, null);
    private static final String[] NONE_MISSING = new String[3];

    private final EnsembleSpec spec =
            TestSpecs.of(List.of("a", "b", "c"), "version: 4\nthreshold: 0.3\nlearning: {learner: boa}\n");
    private final Predictor predictor = new Predictor(spec);

    @Test
    void predict_allAnswered_carriesEverythingForAnAudit() {
        assertThat(predictor.use(weights(7, "mean", 0.5, 0.3, 0.2))).isTrue();
        Prediction prediction = predictor.predict(EVENT, new double[] {0.1, 0.6, 0.9}, NONE_MISSING, 2000);

        assertThat(prediction.ensemble()).isEqualTo("test");
        assertThat(prediction.eventId()).isEqualTo("e-1");
        assertThat(prediction.eventTimeMillis()).isEqualTo(1000);
        assertThat(prediction.processingTimeMillis()).isEqualTo(2000);
        assertThat(prediction.segment()).isEqualTo("DE");
        assertThat(prediction.score()).isCloseTo(0.41, within(1e-15));
        assertThat(prediction.positive()).isTrue();
        assertThat(prediction.degraded()).isFalse();
        assertThat(prediction.members()).containsExactly("a", "b", "c");
        assertThat(prediction.scores()).containsExactly(0.1, 0.6, 0.9);
        assertThat(prediction.weights()).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
        assertThat(prediction.contributions()).containsExactly(new double[] {0.05, 0.18, 0.18}, within(1e-15));
        assertThat(prediction.missing()).containsOnlyNulls().hasSize(3);
        assertThat(prediction.recipe().method()).isEqualTo("mean");
        assertThat(prediction.specVersion()).isEqualTo(4);
        assertThat(prediction.weightsVersion()).isEqualTo(7);
    }

    @Test
    void predict_recordAlone_recomputesTheScoreToTheBit() {
        predictor.use(weights(7, "mean", 0.123, 0.456, 0.421));
        Prediction prediction = predictor.predict(EVENT, new double[] {0.137, 0.611, 0.907}, NONE_MISSING, 2000);
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += prediction.weights()[k] * prediction.scores()[k];
        }
        assertThat(sum).isEqualTo(prediction.score());
    }

    @Test
    void predict_missingMember_isDegradedAndNamed() {
        String[] missing = {null, "error", null};
        Prediction prediction = predictor.predict(EVENT, new double[] {0.1, NAN, 0.2}, missing, 2000);

        assertThat(prediction.degraded()).isTrue();
        assertThat(prediction.score()).isCloseTo(0.15, within(1e-15));
        assertThat(prediction.weights()).containsExactly(0.5, 0, 0.5);
        assertThat(prediction.missing()).containsExactly(null, "error", null);
        assertThat(prediction.positive()).isFalse();
    }

    @Test
    void predict_nobodyAnswered_isNoScoreAndNotPositive() {
        String[] missing = {"error", "error", "not-a-number"};
        Prediction prediction = predictor.predict(EVENT, new double[] {NAN, NAN, NAN}, missing, 2000);

        assertThat(prediction.score()).isNaN();
        assertThat(prediction.disagreement()).isNaN();
        assertThat(prediction.positive()).isNull();
        assertThat(prediction.degraded()).isTrue();
        assertThat(prediction.weights()).containsExactly(0, 0, 0);
    }

    @Test
    void predict_scoreAtTheThreshold_isPositive() {
        double[] scores = {0.3, NAN, NAN};
        assertThat(predictor.predict(EVENT, scores, NONE_MISSING, 0).positive()).isTrue();
        scores[0] = Math.nextDown(0.3);
        assertThat(predictor.predict(EVENT, scores, NONE_MISSING, 0).positive()).isFalse();
    }

    @Test
    void predict_whatIsTheSameForAll_isShared() {
        Prediction first = predictor.predict(EVENT, new double[] {0.1, 0.6, 0.9}, NONE_MISSING, 0);
        Prediction second = predictor.predict(EVENT, new double[] {0.1, 0.6, 0.9}, NONE_MISSING, 0);

        assertThat(first.checksums()).hasDimensions(3, 32);
        assertThat(second.checksums()).isSameAs(first.checksums());
        assertThat(second.recipe()).isSameAs(first.recipe());
        assertThat(first.latencies()).isNull();
    }

    @Test
    void predict_inASegment_saysHowMuchItsOwnWeightsCount() {
        predictor.use(weights(7, "mean", 0.5, 0.3, 0.2));
        predictor.use(segment("DE", 250, 0.1, 0.1, 0.8));
        double[] scores = {0.1, 0.6, 0.9};

        Prediction.Recipe recipe =
                predictor.predict(EVENT, scores, NONE_MISSING, 0).recipe();
        assertThat(recipe.segmentShare()).isEqualTo(0.2);
        assertThat(recipe.segmentVersion()).isEqualTo(250);

        predictor.use(Weights.forgotten("test", "DE"));
        recipe = predictor.predict(EVENT, scores, NONE_MISSING, 0).recipe();
        assertThat(recipe.segmentShare()).isZero();
        assertThat(recipe.segmentVersion()).isEqualTo(-1);
        assertThat(recipe.threshold()).isEqualTo(0.3);
    }

    @Test
    void predict_arraysOfTheCaller_areCopied() {
        double[] scores = {0.1, 0.6, 0.9};
        String[] missing = new String[3];
        Prediction first = predictor.predict(EVENT, scores, missing, 0);
        scores[0] = NAN;
        missing[0] = "error";
        predictor.predict(EVENT, scores, missing, 0);

        assertThat(first.scores()).containsExactly(0.1, 0.6, 0.9);
        assertThat(first.missing()).containsOnlyNulls();
        assertThat(first.weights()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(first.contributions()).containsExactly(new double[] {0.1 / 3, 0.2, 0.3}, within(1e-15));
    }

    @Test
    void use_olderWeights_areRefused() {
        assertThat(predictor.weightsVersion()).isZero();
        assertThat(predictor.use(weights(7, "mean", 0.5, 0.3, 0.2))).isTrue();
        assertThat(predictor.use(weights(6, "mean", 0.1, 0.1, 0.8))).isFalse();
        assertThat(predictor.weightsVersion()).isEqualTo(7);
        assertThat(weightsInUse()).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));

        assertThat(predictor.use(weights(8, "mean", 0.1, 0.1, 0.8))).isTrue();
        assertThat(weightsInUse()).containsExactly(new double[] {0.1, 0.1, 0.8}, within(1e-15));
    }

    @Test
    void use_sameVersionAgain_isTaken() {
        predictor.use(weights(7, "mean", 0.5, 0.3, 0.2));
        assertThat(predictor.use(weights(7, "mean", 0.5, 0.3, 0.2))).isTrue();
        assertThat(predictor.weightsVersion()).isEqualTo(7);
    }

    @Test
    void use_weightsOfAnotherFusion_areRefused() {
        assertThat(predictor.use(weights(7, "log-odds", 0.5, 0.3, 0.2))).isFalse();
        assertThat(predictor.weightsVersion()).isZero();
        assertThat(weightsInUse()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
    }

    @Test
    void use_weightsOfASegment_countByTheirEvidenceForItsEventsOnly() {
        predictor.use(weights(7, "mean", 0.5, 0.3, 0.2));
        // Evidence 1000 is what the spec asks for before a segment's own weights count half.
        assertThat(predictor.use(segment("DE", 1000, 0.1, 0.1, 0.8))).isTrue();
        assertThat(weightsInUse()).containsExactly(new double[] {0.3, 0.2, 0.5}, within(1e-15));
        assertThat(weightsInUse("FR")).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
        assertThat(weightsInUse(null)).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
        assertThat(predictor.weightsVersion()).isEqualTo(7);

        predictor.use(weights(8, "mean", 0.3, 0.3, 0.4));
        assertThat(weightsInUse())
                .as("follow the global ones")
                .containsExactly(new double[] {0.2, 0.2, 0.6}, within(1e-15));

        predictor.use(Weights.forgotten("test", "DE"));
        assertThat(weightsInUse()).containsExactly(new double[] {0.3, 0.3, 0.4}, within(1e-15));
    }

    @Test
    void use_olderWeightsOfASegment_areRefused() {
        predictor.use(segment("DE", 1000, 0.1, 0.1, 0.8));
        assertThat(predictor.use(segment("DE", 999, 0.8, 0.1, 0.1))).isFalse();
    }

    private static Weights segment(String name, long version, double... weights) {
        return TestWeights.of(name, version, "mean", new String[] {"a", "b", "c"}, logs(weights));
    }

    @Test
    void use_weightsOfOtherMembers_areMatchedByName() {
        Weights weights = TestWeights.of(null, 7, "mean", new String[] {"c", "gone", "a"}, logs(0.6, 0.2, 0.2));
        assertThat(predictor.use(weights)).isTrue();
        // The unknown b weighs the mean, 1/3; all are then normalised.
        double sum = 0.2 + 1 / 3.0 + 0.6;
        assertThat(weightsInUse()).containsExactly(new double[] {0.2 / sum, 1 / 3.0 / sum, 0.6 / sum}, within(1e-15));
    }

    private double[] weightsInUse() {
        return weightsInUse("DE");
    }

    private double[] weightsInUse(@Nullable String segment) {
        return predictor
                .predict(
                        new Event("e-1", 1000, segment, new float[] {1, 2}, null),
                        new double[] {0.5, 0.5, 0.5},
                        NONE_MISSING,
                        0)
                .weights();
    }

    private static Weights weights(long version, String fusion, double... weights) {
        return TestWeights.of(null, version, fusion, new String[] {"a", "b", "c"}, logs(weights));
    }

    private static double[] logs(double... weights) {
        return Arrays.stream(weights).map(Math::log).toArray();
    }
}
