package io.tributary.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Figure;
import io.tributary.core.member.FakeMember;
import io.tributary.core.reference.ReferencePipeline;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shadow is scored, recorded and learned about, and has no part in the fusion. */
class ShadowTest {

    private static final String YAML = """
            ensemble: test
            learning: {learner: boa}
            events: {topic: t, id: i, time: at}
            features: [x]
            members:
              a: {rules: [{when: x > 0.0, score: 0.5}]}
              b: {rules: [{when: x > 0.0, score: 0.5}]}
              s: {shadow: true, rules: [{when: x > 0.0, score: 0.5}]}
            """;

    private static EnsembleSpec spec(String yaml) {
        return SpecParser.parse(yaml, Path.of("test.yaml"));
    }

    private static Event event(int id) {
        return new Event("e" + id, id, null, new float[] {1}, null);
    }

    @Test
    void shadow_isRecorded_andHasNoPartInTheScore() {
        Prediction prediction =
                new Predictor(spec(YAML)).predict(event(0), new double[] {0.25, 0.75, 1}, new String[3], 0);

        assertThat(prediction.score()).isEqualTo(0.5);
        assertThat(prediction.scores()).containsExactly(0.25, 0.75, 1);
        assertThat(prediction.weights()).containsExactly(0.5, 0.5, 0);
        assertThat(prediction.contributions()[2]).isZero();
        assertThat(prediction.recipe().shadows()).containsExactly("s");
        assertThat(Recomputed.of(prediction).differences(prediction)).isEmpty();
    }

    @Test
    void shadowThatIsMissing_degradesNothing_andAloneItIsNobody() {
        Predictor predictor = new Predictor(spec(YAML));

        assertThat(predictor
                        .predict(event(0), new double[] {0.25, 0.75, Double.NaN}, new String[3], 0)
                        .degraded())
                .isFalse();
        assertThat(predictor
                        .predict(event(0), new double[] {Double.NaN, Double.NaN, 1}, new String[3], 0)
                        .withheld())
                .isEqualTo("no member answered");
    }

    /** So that it has earned its weight when it is given its place. */
    @Test
    void shadow_isLearnedAbout_andMeasured() {
        ReferencePipeline pipeline = new ReferencePipeline(
                spec(YAML), List.of(FakeMember.always(0.3), FakeMember.always(0.6), FakeMember.always(0.9)));
        for (int i = 0; i < 50; i++) {
            pipeline.score(event(i), i);
            pipeline.outcome(new Outcome("e" + i, 1, Outcome.Kind.FINAL, i, null, Double.NaN));
        }
        Weights weights = pipeline.publish(0);
        Prediction watched = pipeline.score(event(100), 100);

        assertThat(weights.members()).containsExactly("a", "b", "s");
        assertThat(weights.fusion().parameters()[2])
                .isGreaterThan(weights.fusion().parameters()[1]);
        assertThat(watched.score()).isBetween(0.3, 0.6);
        EnsembleMeasure measure = pipeline.measure();
        assertThat(measure.figures().get(2).of(Figure.LOG_LOSS)).isCloseTo(-Math.log(0.9), offset(1e-12));
        assertThat(measure.figures().get(4).of(Figure.LOG_LOSS))
                .as("equal weights of those that have a part")
                .isCloseTo(-Math.log(0.45), offset(1e-12));

        Predictor promoted = new Predictor(spec(YAML.replace("shadow: true, ", "")));
        promoted.use(weights);
        assertThat(promoted.predict(event(0), new double[] {0.3, 0.6, 0.9}, new String[3], 0)
                        .score())
                .isGreaterThan(watched.score());
    }
}
