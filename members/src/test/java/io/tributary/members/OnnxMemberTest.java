package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Device;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.WrongShapeException;
import io.tributary.members.Samples.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxMemberTest extends ModelMemberContract {

    @Override
    MemberFactory factory() {
        return new OnnxMemberFactory();
    }

    @Override
    String kind() {
        return "onnx";
    }

    @Override
    Path model() {
        return Samples.file("logistic.onnx");
    }

    @Override
    Golden golden() throws Exception {
        return Samples.golden(file("golden-logistic.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat.onnx", "double.onnx", "classifier.onnx", "maps.onnx"})
    void score_otherFormsOfOneScoreARow_areRead(String file) throws Exception {
        Golden golden = golden();
        try (Member member = open(file(file), COLUMNS, COLUMNS)) {
            assertThat(score(member, golden.rows())).containsExactly(golden.scores(), within(1e-6));
            assertThat(score(member, golden.rows()[3])[0]).isCloseTo(golden.scores()[3], within(1e-6));
            assertThat(score(member, Arrays.copyOfRange(golden.rows(), 5, 8)))
                    .containsExactly(Arrays.copyOfRange(golden.scores(), 5, 8), within(1e-6));
            assertThat(score(member, Arrays.copyOfRange(golden.rows(), 8, 11)))
                    .as("once its shape is known")
                    .containsExactly(Arrays.copyOfRange(golden.scores(), 8, 11), within(1e-6));
        }
    }

    /** Those that read all columns read one copy of them, which follows the batch. */
    @Test
    void score_membersOfOneBatch_eachScoreItsRowsAsItIsUsedAgain() throws Exception {
        Golden golden = golden();
        FeatureBatch batch = new FeatureBatch(4, COLUMNS.size());
        double[] scores = new double[4];
        try (Member first = open();
                Member second = open(file("double.onnx"), COLUMNS, COLUMNS)) {
            for (int from = 0; from + 4 <= golden.rows().length; from++) {
                batch.clear();
                for (int rows = 1; rows <= 1 + from % 4; rows++) {
                    batch.add(golden.rows()[from + rows - 1]);
                    for (Member member : List.of(first, second)) {
                        member.score(batch, scores);
                        assertThat(Arrays.copyOf(scores, rows))
                                .containsExactly(Arrays.copyOfRange(golden.scores(), from, from + rows), within(1e-6));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "wide.onnx; shape [2, 3] to a batch of 2",
                "label-only.onnx; shape int64 [2] to a batch of 2",
                "two-outputs.onnx; shape [2, 1] and [2, 1] to a batch of 2",
                "two-logits.onnx; shape [2, 2], not two probabilities that add up to 1, to a batch of 2"
            })
    void score_anythingElse_isWrongShape(String file, String named) {
        try (Member member = open(file(file), COLUMNS, COLUMNS)) {
            assertThatThrownBy(() -> score(member, new float[] {1, 2, 3}, new float[] {4, 5, 6}))
                    .isInstanceOf(WrongShapeException.class)
                    .hasMessageContaining(named)
                    .hasMessageContaining("must be [2] or [2, 1]");
        }
    }

    @Test
    void score_rowThatTheModelCannotScore_isNaNAlone() throws Exception {
        try (Member member = open(file("root.onnx"), COLUMNS, COLUMNS)) {
            double[] scores = score(member, new float[] {0, 0, 0}, new float[] {-1, 0, 0}, new float[] {4, 0, 0});
            assertThat(scores).containsExactly(new double[] {0.5, Double.NaN, 1 / (1 + Math.exp(-2))}, within(1e-6));
        }
    }

    @Test
    void score_missingFeature_reachesTheModelAsNaN() throws Exception {
        try (Member member = open()) {
            double[] scores = score(member, new float[] {Float.NaN, 1, 2}, new float[] {0.5f, 1, 2});
            assertThat(scores[0]).isNaN();
            assertThat(scores[1]).isBetween(0.0, 1.0);
        }
    }

    @Test
    void open_onAGpuWithoutCuda_saysWhatTheEngineMisses() {
        assertThatThrownBy(() -> factory()
                        .open(
                                Samples.spec(kind(), model(), COLUMNS),
                                new MemberSetup(COLUMNS, 20, 1).on(new Device(0))))
                .hasMessageContaining("cannot use CUDA here: Failed to find CUDA shared provider;");
    }
}
