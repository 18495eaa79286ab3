package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.prepare.Preparation;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of texts as a member, from the text to the score, beside one of numbers. */
class TextMemberTest {

    @ParameterizedTest
    @ValueSource(strings = {"onnx: text.onnx", "torchscript: text.pt"})
    void score_texts_isWhatTorchGave(String model) throws Exception {
        List<String> texts = new ArrayList<>();
        List<Double> golden = new ArrayList<>();
        for (String line : Files.readAllLines(Samples.file("golden-text.csv")).subList(1, 9)) {
            String[] cells = line.split(",", 2);
            golden.add(Double.valueOf(cells[0]));
            texts.add(cells[1].translateEscapes());
        }

        double[] scores = score(spec(model, "input: {type: int64}"), texts);

        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i]).as(texts.get(i)).isCloseTo(golden.get(i), within(1e-6));
        }
        assertThat(scores).hasSize(8);
    }

    @Test
    void score_missingText_isMissingUnlessTheSpecHasAnotherForIt() throws Exception {
        List<@Nullable String> texts = new ArrayList<>();
        texts.add("rent");
        texts.add(null);
        texts.add("");

        double[] kept = score(spec("onnx: text.onnx", "input: {type: int64}"), texts);
        EnsembleSpec imputing = spec("onnx: text.onnx", "input: {type: int64}", ", missing: ''");
        double[] imputed = score(imputing, texts);

        assertThat(kept[1]).isNaN();
        assertThat(kept[0]).isEqualTo(imputed[0]);
        assertThat(imputed[1]).isEqualTo(imputed[2]).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx: text.onnx", "torchscript: text.pt"})
    void open_withoutTheTypeThatTheModelReads_isRefused(String model) {
        EnsembleSpec spec = spec(model, "required: false");
        assertThatThrownBy(() -> MemberLoader.discover()
                        .open(spec.members().get(0), spec.memberSetup())
                        .close())
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("under input the type and shape that it reads");
    }

    private static EnsembleSpec spec(String model, String input) {
        return spec(model, input, "");
    }

    private static EnsembleSpec spec(String model, String input, String missing) {
        return SpecParser.parse("""
                ensemble: texts
                events: {topic: t, id: id, time: at}
                features:
                  - amount
                  - {field: note, tokenizer: words.json, length: 16%s}
                members:
                  reader: {%s, features: [note], %s}
                """.formatted(missing, model, input), Samples.file("spec.yaml"));
    }

    private static double[] score(EnsembleSpec spec, List<@Nullable String> texts) throws Exception {
        FeatureBatch batch = new FeatureBatch(64, spec.features().width());
        try (Preparation preparation = Preparation.open(spec.features(), TextEncoderLoader.discover());
                Member member = MemberLoader.discover().open(spec.members().get(0), spec.memberSetup())) {
            for (String text : texts) {
                float[] row = preparation.row();
                preparation.fill(0, 12.5, row);
                preparation.fill(1, text, row);
                batch.add(row);
            }
            double[] scores = new double[texts.size()];
            member.score(batch, scores);
            return scores;
        }
    }
}
