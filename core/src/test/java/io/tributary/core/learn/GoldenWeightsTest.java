package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The learners against all rows of another implementation's output, where that is at hand. {@link ReferenceWeightsTest}
 * holds the part of it that comes with the sources.
 */
class GoldenWeightsTest {

    private static final double TOLERANCE = 1e-11;

    static Stream<String> configurations() {
        List<String> names = new ArrayList<>();
        for (String learner : List.of("EWA", "FS", "BOA", "MLpol", "MLprod", "MLewa")) {
            for (String loss : List.of("square", "absolute", "percentage", "pinball01")) {
                for (String way : List.of("grad-full", "grad-sleep", "plain-full", "plain-sleep")) {
                    names.add("synth200x5/" + learner + "-" + loss + "-" + way);
                }
            }
            if (!learner.equals("MLpol")) {
                names.add("synth200x5/" + learner + "-square-grad-prior");
            }
            for (String way : List.of("grad-full", "grad-sleep", "plain-full", "plain-sleep")) {
                names.add("binlog400x4/" + learner + "-logloss-" + way);
            }
            names.add("binlog400x4/" + learner + "-square-plain-full");
            names.add("binlog400x4/" + learner + "-square-plain-sleep");
        }
        for (String loss : List.of("square", "absolute", "percentage", "pinball01")) {
            names.add("synth200x5/OGD-" + loss + "-grad-full");
        }
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void weights_onTheWholeStream_areThoseOfTheReference(String configuration) throws IOException {
        Path folder = Shared.golden();
        Path stream = folder.resolve(configuration).getParent();
        CsvNumbers expected = CsvNumbers.read(folder.resolve(configuration + ".weights.csv"));
        Replay input = Replay.of(
                CsvNumbers.read(stream.resolve("experts.csv")),
                CsvNumbers.read(stream.resolve("awake.csv")),
                CsvNumbers.read(stream.resolve("outcomes.csv")));

        String name = configuration.substring(configuration.indexOf('/') + 1);
        Replay.Run run = input.run(Configuration.named(name, configuration.startsWith("synth") ? 2 : 1));

        for (int t = 0; t < input.rows(); t++) {
            double[] row = expected.rows()[t];
            int members = run.weights()[t].length;
            for (int k = 0; k < members; k++) {
                assertThat(run.weights()[t][k])
                        .as("row %d, member %d", t + 1, k + 1)
                        .isCloseTo(row[1 + k], within(TOLERANCE));
            }
            assertThat(run.fused()[t]).as("row %d, fused", t + 1).isCloseTo(row[1 + members], within(TOLERANCE));
        }
        assertThat(expected.rows()).hasNumberOfRows(input.rows());
        assertThat(run.next())
                .containsExactly(nextWeights(folder.resolve(configuration + ".final.csv")), within(TOLERANCE));
    }

    private static double[] nextWeights(Path file) throws IOException {
        String[] coefficients = Files.readAllLines(file).get(1).split(",", -1);
        return Arrays.stream(coefficients, 1, coefficients.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
