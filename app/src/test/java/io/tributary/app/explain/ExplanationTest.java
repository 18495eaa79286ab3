package io.tributary.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.Offsets;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an analyst reads. */
class ExplanationTest {

    private static final double NAN = Double.NaN;
    private static final Place PLACE = new Place("toy.predictions", 2, 17, 1);
    private static final Event EVENT = new Event("tx-1", 1_000_000, "de", new float[1], null);
    private static final Prediction.Latencies LATENCIES =
            new Prediction.Latencies(5000, 2250, 30, new long[] {2200, -1});

    private static final String HEAD =
            "ensemble: toy\nevents: {topic: t, id: id, time: at, segment: s}\nfeatures: [x]\n";
    private static final String RULES = "members:\n  low: {rules: [{when: x > 0.0, score: 0.5}]}\n"
            + "  high: {rules: [{when: x > 1.0, score: 0.5}]}\n";

    private static EnsembleSpec spec(String further) {
        return SpecParser.parse(HEAD + further, Path.of("toy.yaml"));
    }

    private static Prediction predict(Predictor predictor, double[] scores, String... missing) {
        return predictor.fuse(EVENT, scores, missing, 2_000_000, LATENCIES).prediction();
    }

    private static Weights weights(
            EnsembleSpec spec, double[] parameters, double bias, @Nullable Calibration calibration) {
        Weights equal = new WeightFold(spec).weights(0);
        Fusion fusion = new Fusion(equal.fusion().method(), parameters, new double[] {bias});
        return new Weights(
                "toy",
                null,
                1,
                1234,
                1234,
                equal.learner(),
                equal.members(),
                equal.classes(),
                new Weights.Candidate[] {new Weights.Candidate(equal.candidates()[0].name(), fusion)},
                0,
                calibration,
                calibration == null ? null : new Offsets(-0.1, 0.2, 0.9),
                0);
    }

    private static String text(Prediction prediction) {
        return String.join("\n", ExplanationText.of(Explanation.of(PLACE, prediction)));
    }

    @Test
    void text_ofAMeanWithAMissingMember_isTheWholeStory() {
        EnsembleSpec spec = spec(RULES + "fusion: {method: mean}\nlearning: {learner: boa}\nthreshold: 0.3\n");

        Prediction prediction = predict(new Predictor(spec), new double[] {0.25, NAN}, null, "late");
        String checksum = HexFormat.of().formatHex(prediction.checksums()[0]).substring(0, 12);

        assertThat(text(prediction)).isEqualTo("""
                        Event tx-1 of toy: score 0.25000, not positive (from 0.3 on it is)
                          happened   1970-01-01T00:16:40Z
                          predicted  1970-01-01T00:33:20Z
                          took       7.28 ms from arrival: 5.00 ms until its batch was handed over, 2.25 ms with the members, 0.03 ms until it was fused
                          fused by   mean, spec version 1, weights version 0 (none learned yet: all weigh the same)
                          segment    de, which has no weights of its own
                          record     toy.predictions, partition 2, offset 17

                          member    score  weight     adds                    took  model
                          ──────────────────────────────────────────────────────────────────────
                          low     0.25000  1.0000  +0.2500  100.0 % of it  2.20 ms  CHECKSUM
                          high    missing: it had not answered by the deadline
                          ──────────────────────────────────────────────────────────────────────
                          fused   0.25000          +0.2500

                          adds: what the member adds to the fused score.
                          weight: what the member weighs among those that answered.
                          took: how long the member computed on the whole batch that the event was in.
                          model: the first digits of the SHA-256 of its file, or of the rules' text.
                          The members' scores lie 0.00000 around the fused one (weighted standard deviation).

                        ✓ Fused again from this record alone: 0.25, the same to the last bit.""".replace("CHECKSUM", checksum));
    }

    @Test
    void text_ofACalibratedStack_hasBiasAndOddsAndInterval() {
        EnsembleSpec spec = spec(RULES + "fusion: {method: stack}\nlearning: {learner: stack}\n");
        Predictor predictor = new Predictor(spec);
        predictor.use(weights(spec, new double[] {1.5, -0.5}, 0.25, new Calibration(2, -1)));

        String text = text(predict(predictor, new double[] {0.75, 0.75}, null, null));

        // The log-odds of 0.75 are 1.0986.
        assertThat(text)
                .containsPattern("low +0.75000 +1.5000 +\\+1.648 +odds × 5.2")
                .containsPattern("high +0.75000 +-0.5000 +-0.5493 +odds × 0.577")
                .containsPattern("bias +\\+0.2500\n")
                .containsPattern("fused +0.79390 +\\+1.349\n")
                .containsPattern("calibrated +0.84517\n")
                .contains("weights version 1,234", "with probability 0.9", "above 0 speaks for yes")
                .contains("the same to the last bit");
    }

    @Test
    void text_ofAVote_saysWhatItWereWithoutEachMember() {
        EnsembleSpec spec = spec(RULES + "fusion: {method: hard-vote}\nlearning: {learner: boa}\n");

        assertThat(text(predict(new Predictor(spec), new double[] {0.9, 0.1}, null, null)))
                .containsPattern("low +0.90000 +0.5000 +\\+0.5000 +without it 0.00000")
                .containsPattern("high +0.10000 +0.5000 +-0.5000 +without it 1.00000")
                .contains("effect: how much the fused score would fall without the member");
    }

    @Test
    void text_ofAVoteOfOne_saysThatNoOtherAnswered() {
        EnsembleSpec spec = spec(RULES + "fusion: {method: hard-vote}\nlearning: {learner: boa}\n");

        assertThat(text(predict(new Predictor(spec), new double[] {0.9, NAN}, null, "late")))
                .containsPattern("low +0.90000 .*the only one that answered")
                .doesNotContain("without it");
    }

    @Test
    void aShadow_isSaidToBeOne() throws Exception {
        EnsembleSpec spec = spec(RULES.replace("high: {rules", "high: {shadow: true, rules")
                + "fusion: {method: trimmed-mean}\nlearning: {learner: boa}\n");
        Prediction prediction = predict(new Predictor(spec), new double[] {0.25, 0.75}, null, null);

        assertThat(text(prediction))
                .containsPattern("low +0.25000 .*the only one that answered")
                .containsPattern("high +0.75000 +0.0000 +shadow: no part in the fusion");
        JsonNode json = ExplanationJson.of(Explanation.of(PLACE, prediction));
        assertThat(json.get("shadows")).hasSize(1);
        assertThat(json.get("shadows").get(0).asText()).isEqualTo("high");
        assertThat(json.get("clip").asDouble()).isEqualTo(prediction.recipe().clip());
        assertThat(json.get("trim").asDouble()).isEqualTo(prediction.recipe().trim());
    }

    @Test
    void text_ofSeveralClasses_tellsTheClassAgainstTheNext() {
        EnsembleSpec spec = spec("task: multiclass\nclasses: [red, green]\nfusion: {method: log-odds}\n"
                + "learning: {learner: boa}\nmembers: {low: {onnx: a.onnx}, high: {onnx: b.onnx}}\n");

        assertThat(text(predict(new Predictor(spec), new double[] {0.2, 0.8, 0.6, 0.4}, null, null)))
                .startsWith("Event tx-1 of toy: green, with probability 0.62")
                .containsPattern("low +0.80000 +0.5000 .* odds × 2.00 of green against red")
                .containsPattern("high +0.40000 \\(red 0.60000\\) +0.5000 .* odds × 0.816 of green against red")
                .contains("the same to the last bit");
    }

    @Test
    void text_ofARegression_hasItsUnit() {
        EnsembleSpec spec = spec("task: regression\nfusion: {method: mean}\nlearning: {learner: boa}\n"
                + "members: {low: {onnx: a.onnx}, high: {onnx: b.onnx}}\n");

        assertThat(text(predict(new Predictor(spec), new double[] {-1000, 3000}, null, null)))
                .startsWith("Event tx-1 of toy: score 1,000.00\n")
                .containsPattern("low +-1,000.00 +0.5000 +-500.0 ")
                .containsPattern("fused +1,000.00 +\\+1000\n");
    }

    @Test
    void text_ofAWithheldScore_saysWhy_andStillWhatTheOthersSaid() {
        EnsembleSpec spec = spec(RULES.replace("score: 0.5}]}\n  high", "score: 0.5}], required: true}\n  high"));

        assertThat(text(predict(new Predictor(spec), new double[] {NAN, 0.5}, "not-a-number", null)))
                .startsWith("Event tx-1 of toy: no score, for required member low is missing\n")
                .contains("missing: it had nothing to say: its score was not a number")
                .containsPattern("high +0.50000")
                .contains("no score, the same to the last bit");
    }

    @Test
    void text_ofARecordThatWasChanged_saysWhatDiffers() {
        Predictor predictor = new Predictor(spec(RULES + "learning: {learner: boa}\n"));
        Prediction prediction = predict(predictor, new double[] {0.25, 0.5}, null, null);
        prediction.weights()[0] = 0.75;

        Explanation explanation = Explanation.of(PLACE, prediction);

        assertThat(explanation.isSame()).isFalse();
        assertThat(text(prediction))
                .contains("✗ Fused again from this record alone: 0.4375, and the record has 0.375.")
                .contains("Not the same: score, contributions, disagreement");
    }

    @Test
    void text_ofARecordOfAnEarlierVersion_saysThatItCannotBeFusedAgain() {
        Predictor predictor = new Predictor(spec(RULES + "learning: {learner: boa}\n"));
        Prediction p = predict(predictor, new double[] {0.25, 0.5}, null, null);
        Prediction old = new Prediction(
                p.ensemble(),
                p.eventId(),
                p.eventTimeMillis(),
                p.processingTimeMillis(),
                null,
                p.score(),
                p.classScores(),
                p.classes(),
                p.positive(),
                p.degraded(),
                p.withheld(),
                p.disagreement(),
                null,
                p.members(),
                p.scores(),
                p.weights(),
                p.contributions(),
                p.missing(),
                new byte[2][0],
                Prediction.Recipe.unknown("mean"),
                p.candidates(),
                1,
                0,
                null);

        assertThat(Explanation.of(PLACE, old).isSame()).isFalse();
        assertThat(text(old))
                .contains("score 0.37500, not positive\n")
                .containsPattern("low +0.25000 .*–\n")
                .contains("✗ It could not be fused again", "written by another version of Tributary");
    }

    @Test
    void text_ofCopies_saysHowMany() {
        Predictor predictor = new Predictor(spec(RULES));
        Prediction prediction = predict(predictor, new double[] {0.25, 0.5}, null, null);
        List<String> lines = ExplanationText.of(Explanation.of(new Place("t", 0, 5, 3), prediction));

        assertThat(lines).anyMatch(line -> line.endsWith("offset 5, the newest of 3 copies"));
    }

    @Test
    void json_hasWhatIsMissingAndWhatCameOut() throws Exception {
        Predictor predictor = new Predictor(spec(RULES + "fusion: {method: log-odds}\nlearning: {learner: boa}\n"));
        Prediction prediction = predict(predictor, new double[] {0.25, NAN}, null, "late");

        JsonNode json = ExplanationJson.of(Explanation.of(PLACE, prediction));

        assertThat(json.get("score").asDouble()).isEqualTo(prediction.score());
        assertThat(json.get("link").asText()).isEqualTo("logit");
        assertThat(json.get("members").get(0).get("contribution").asDouble())
                .isEqualTo(prediction.contributions()[0]);
        JsonNode missing = json.get("members").get(1);
        assertThat(missing.get("score").isNull()).isTrue();
        assertThat(missing.get("missing").asText()).isEqualTo("late");
        assertThat(missing.get("missingBecause").asText()).isEqualTo("it had not answered by the deadline");
        assertThat(missing.has("tookMicros")).isFalse();
        assertThat(json.get("recomputed").get("same").asBoolean()).isTrue();
        assertThat(json.get("recomputed").get("differences")).isEmpty();
        assertThat(json.get("latencies").get("totalMicros").asLong()).isEqualTo(7280);
    }
}
