package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.WrongShapeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that give a probability for each of three classes. */
class SeveralClassesTest {

    private static final int CLASSES = 3;

    private static Member open(String kind, String model, int width) {
        MemberFactory factory = kind.equals("xgboost") ? new XgboostMemberFactory() : new OnnxMemberFactory();
        Path path = file(model);
        return factory.open(Samples.spec(kind, path, COLUMNS), new MemberSetup(COLUMNS, 32, width));
    }

    @ParameterizedTest
    @CsvSource({"onnx, softmax.onnx, golden-softmax.csv", "xgboost, three-classes.json, golden-three-classes.csv"})
    void score_goldenRows_agreesWithTrainingLibrary(String kind, String model, String golden) throws Exception {
        List<String> lines = Files.readAllLines(file(golden));
        try (Member member = open(kind, model, CLASSES)) {
            float[][] rows = new float[lines.size() - 1][COLUMNS.size()];
            double[] expected = new double[rows.length * CLASSES];
            for (int i = 0; i < rows.length; i++) {
                double[] cells = Samples.numbers(lines.get(i + 1));
                for (int column = 0; column < rows[i].length; column++) {
                    rows[i][column] = (float) cells[column];
                }
                System.arraycopy(cells, rows[i].length, expected, i * CLASSES, CLASSES);
            }
            double[] scores = new double[rows.length * CLASSES + 1];
            scores[scores.length - 1] = -1;
            member.score(Samples.batch(rows.length, rows), scores);

            assertThat(scores).endsWith(-1);
            assertThat(Arrays.copyOf(scores, expected.length)).containsExactly(expected, within(1e-6));
            double[] alone = new double[CLASSES];
            member.score(Samples.batch(1, rows[4]), alone);
            assertThat(alone).containsExactly(Arrays.copyOfRange(expected, 12, 15), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "onnx, softmax.onnx, 4",
        "onnx, logistic.onnx, 3",
        "onnx, classifier.onnx, 3",
        "xgboost, boosted.json, 3"
    })
    void score_ofAnotherNumberOfClasses_isWrongShape(String kind, String model, int width) {
        try (Member member = open(kind, model, width)) {
            assertThatThrownBy(() -> member.score(Samples.batch(2, new float[3], new float[3]), new double[2 * width]))
                    .isInstanceOf(WrongShapeException.class)
                    .hasMessageContaining("must be [2, " + width + "], a probability for each class");
        }
    }

    @Test
    void score_twoClasses_areBothKept() throws Exception {
        try (Member member = open("onnx", "classifier.onnx", 2)) {
            double[] scores = new double[2];
            member.score(Samples.batch(1, new float[] {1, 2, 3}), scores);
            try (Member positive = open("onnx", "classifier.onnx", 1)) {
                assertThat(scores[1]).isEqualTo(Samples.score(positive, new float[] {1, 2, 3})[0]);
            }
            assertThat(scores[0]).isCloseTo(1 - scores[1], within(1e-6));
        }
    }
}
