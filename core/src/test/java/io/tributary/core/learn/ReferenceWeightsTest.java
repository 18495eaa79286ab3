package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Hedge and BOA against another implementation's weights, on the first rows of two streams. */
class ReferenceWeightsTest {

    private static final double TOLERANCE = 1e-11;

    @TestFactory
    List<DynamicTest> weights_onRealOutcomes_areThoseOfTheReference() {
        List<DynamicTest> tests = compare("regression", 5, 2);
        assertThat(tests).hasSize(18);
        return tests;
    }

    @TestFactory
    List<DynamicTest> weights_onBinaryOutcomes_areThoseOfTheReference() {
        List<DynamicTest> tests = compare("binary", 4, 1);
        assertThat(tests).hasSize(12);
        return tests;
    }

    private static List<DynamicTest> compare(String stream, int members, double hedgeEta) {
        Replay replay = replay(CsvNumbers.of(lines(stream + "-stream.csv")), members);
        return expected(stream + "-weights.csv").entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(stream + ": " + entry.getKey(), () -> {
                    Replay.Run run = replay.run(Configuration.named(entry.getKey(), hedgeEta));
                    double[][] weights = entry.getValue();
                    assertThat(weights).hasNumberOfRows(replay.rows());
                    for (int t = 0; t < replay.rows(); t++) {
                        assertThat(run.weights()[t]).as("row %d", t + 1).containsExactly(weights[t], within(TOLERANCE));
                    }
                }))
                .toList();
    }

    private static Replay replay(CsvNumbers table, int members) {
        double[][] rows = table.columnsFrom(1);
        double[][] scores = new double[rows.length][];
        boolean[][] awake = new boolean[rows.length][members];
        double[] outcomes = new double[rows.length];
        for (int t = 0; t < rows.length; t++) {
            scores[t] = Arrays.copyOf(rows[t], members);
            for (int k = 0; k < members; k++) {
                awake[t][k] = rows[t][members + k] > 0;
            }
            outcomes[t] = rows[t][2 * members];
        }
        return new Replay(scores, awake, outcomes);
    }

    private static Map<String, double[][]> expected(String file) {
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        lines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("configuration"))
                .forEach(line -> {
                    String[] cells = line.split(",", -1);
                    double[] weights = Arrays.stream(cells, 2, cells.length)
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                    rows.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(weights);
                });
        Map<String, double[][]> tables = new LinkedHashMap<>();
        rows.forEach((name, table) -> tables.put(name, table.toArray(new double[0][])));
        return tables;
    }

    private static List<String> lines(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ReferenceWeightsTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }
}
