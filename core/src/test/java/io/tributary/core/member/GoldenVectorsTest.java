package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model is opened only if it answers what the file beside it says. */
class GoldenVectorsTest {

    private static final MemberSetup SETUP = new MemberSetup(List.of("x", "y", "z"), 2, 1);

    @TempDir
    Path folder;

    private final FakeMemberFactory factory =
            new FakeMemberFactory("onnx").with("m", row -> row[2] - (Float.isNaN(row[0]) ? 0 : row[0]));
    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.writeString(folder.resolve("m.onnx"), "weights");
    }

    private Member open(String golden) throws IOException {
        Files.writeString(folder.resolve("m.onnx.golden.csv"), golden);
        return open(SETUP);
    }

    private Member open(MemberSetup setup) {
        return new MemberLoader(List.of(factory))
                .open(
                        new MemberSpec(
                                "m",
                                "onnx",
                                model,
                                null,
                                List.of("z", "x"),
                                MemberSpec.Input.ROWS,
                                List.of(),
                                MemberSpec.Score.of(0),
                                MemberSpec.Standing.PLAIN,
                                1,
                                7),
                        setup);
    }

    @Test
    void modelThatAnswersThem_opens() throws IOException {
        assertThat(open("z,x,score\n0.75,0.25,0.5\n0.5,,0.50001\n\n1,0,1\n")).isNotNull();
    }

    @Test
    void modelWithoutThem_opens() {
        assertThat(open(SETUP)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            z,x,score/0.75,0.25,0.5/0.5,0.25,0.3 | :3: the model answers 0.25, must answer 0.3
            z,x,score/0.75,0.25,                 | :2: the model answers 0.5, must answer NaN
            x,z,score/0.75,0.25,0.5              | :1: it must be z,x,score
            z,x/0.75,0.25                        | :1: it must be z,x,score
            z,x,score/0.75,0.5                   | :2: it has 2 values, must have 3
            z,x,score/0.75,much,0.5              | :2: 'much' is no number
            """)
    void modelThatAnswersOtherwise_isRefusedAndClosed(String lines, String why) {
        assertThatThrownBy(() -> open(lines.replace('/', '\n')))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("member m: golden vector " + folder.resolve("m.onnx.golden.csv") + why)
                .hasMessageContaining("restore the model");
        assertThat(factory.opened("m").get(0).isClosed()).isTrue();
    }

    @Test
    void severalClasses_haveAnAnswerEach() throws IOException {
        factory.withClasses("m", row -> new double[] {row[2], 1 - row[2]});
        MemberSetup setup = new MemberSetup(List.of("x", "y", "z"), 2, 2);
        Files.writeString(folder.resolve("m.onnx.golden.csv"), "z,x,score.low,score.high\n0.25,0,0.25,0.75\n");
        assertThat(open(setup)).isNotNull();

        Files.writeString(folder.resolve("m.onnx.golden.csv"), "z,x,score.low,score.high\n0.25,0,0.25,0.7\n");
        assertThatThrownBy(() -> open(setup)).hasMessageContaining("the model answers 0.75, must answer 0.7");
    }
}
