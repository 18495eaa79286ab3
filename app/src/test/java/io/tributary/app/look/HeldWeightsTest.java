package io.tributary.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Weights;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the records of the topic of weights, one after the other. */
class HeldWeightsTest {

    private static final long NOW = 1_800_000_000_000L;

    private static Weights weights(@Nullable String segment, long version, double a) {
        Fusion fusion = new Fusion(FusionMethod.MEAN, new double[] {Math.log(a), Math.log(1 - a)}, new double[1]);
        return new Weights(
                "test",
                segment,
                1,
                version,
                version,
                "auto",
                new String[] {"a", "b"},
                new String[0],
                new Weights.Candidate[] {new Weights.Candidate("boa", fusion)},
                0,
                null,
                null,
                NOW - 60_000 + version);
    }

    @Test
    void newest_ofAllTrafficAndOfEachSegment_areKept() {
        HeldWeights held = new HeldWeights(null, 2);
        held.weights(weights(null, 1, 0.5));
        held.weights(weights("DE", 1, 0.6));
        held.weights(weights("FR", 1, 0.7));
        held.weights(weights(null, 2, 0.4));
        held.weights(weights("DE", 2, 0.8));
        held.weights(weights(null, 3, 0.3));

        assertThat(held.global().version()).isEqualTo(3);
        assertThat(held.segment("DE").version()).isEqualTo(2);
        assertThat(held.segments()).extracting(Weights::segment).containsExactly("DE", "FR");
        assertThat(held.history()).extracting(Weights::version).containsExactly(3L, 2L);
    }

    @Test
    void forgottenSegments_haveNone() {
        HeldWeights held = new HeldWeights("DE", 5);
        held.weights(weights("DE", 1, 0.6));
        held.weights(weights("FR", 1, 0.6));
        held.weights(Weights.forgotten("test", "DE"));
        held.forgotten("FR");

        assertThat(held.segments()).isEmpty();
        assertThat(held.global()).isNull();
        assertThat(held.history()).hasSize(1);
    }

    @Test
    void text_saysWhoCountsHowMuchAndWhy() {
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: id, time: at}
                features: [x]
                members:
                  a: {rules: [{when: x > 1, score: 0.5}]}
                  b: {shadow: true, rules: [{when: x > 1, score: 0.5}]}
                """, Path.of("test.yaml"));

        assertThat(WeightsText.of(spec, weights(null, 7, 0.25), NOW))
                .contains("test: weights version 7")
                .anySatisfy(line -> assertThat(line).startsWith("  published").contains("59 s ago"))
                .anySatisfy(line -> assertThat(line).startsWith("  learner").endsWith("auto, which follows boa of 1"))
                .anySatisfy(line -> assertThat(line).matches("  a +0\\.2500"))
                .anySatisfy(line -> assertThat(line).matches("  b +0\\.7500  shadow: no part in the fusion"));
        assertThat(WeightsJson.of(spec, weights("DE", 7, 0.25), NOW).toString())
                .contains("\"segment\":\"DE\"", "\"leader\":\"boa\"", "\"ageMillis\":59993");
    }
}
