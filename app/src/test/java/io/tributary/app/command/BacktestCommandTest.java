package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.core.learn.Learners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes of a small recording. */
class BacktestCommandTest {

    @TempDir
    Path folder;

    private RecordedScores scores;

    @BeforeEach
    void record() throws IOException {
        scores = new RecordedScores(folder);
    }

    @Test
    void results_ofAllLearners_holdEveryScorerWithItsFiguresAndWeights() throws IOException {
        JsonNode root = scores.json("--learner", String.join(",", Learners.NAMES));

        List<String> names = new ArrayList<>();
        root.get("results").forEach(each -> names.add(each.get("name").asText()));
        assertThat(names)
                .startsWith("good", "coin", "sleepy", "uniform")
                .containsAll(Learners.NAMES)
                .hasSize(4 + Learners.NAMES.size());
        for (JsonNode each : root.get("results")) {
            assertThat(each.get("logLoss").asDouble())
                    .as(each.get("name").asText())
                    .isBetween(0.0, 2.0);
            if (each.get("kind").asText().equals("learner")) {
                assertThat(each.get("weights")).hasSize(3);
                assertThat(each.get("n").asInt()).isEqualTo(RecordedScores.ROWS);
            }
        }
        assertThat(RecordedScores.of(root, "sleepy").get("n").asInt())
                .isEqualTo(RecordedScores.ROWS - RecordedScores.ROWS / 3);
        assertThat(RecordedScores.of(root, "boa").get("logLoss").asDouble())
                .isLessThan(RecordedScores.of(root, "uniform").get("logLoss").asDouble());
        assertThat(RecordedScores.of(root, "boa").get("weights").get("good").asDouble())
                .isGreaterThan(0.8);
    }

    @Test
    void uniform_isThePlainAverageOfThoseThatAnswered() throws IOException {
        List<String> rows = Files.readAllLines(scores.file);
        double loss = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            double sum = Double.parseDouble(cells[1]) + Double.parseDouble(cells[2]);
            double mean = cells[3].isEmpty() ? sum / 2 : (sum + Double.parseDouble(cells[3])) / 3;
            loss -= Math.log(cells[5].equals("1") ? mean : 1 - mean);
        }

        assertThat(RecordedScores.of(scores.json(), "uniform").get("logLoss").asDouble())
                .isCloseTo(loss / RecordedScores.ROWS, within(1e-12));
    }

    @Test
    void delay_inRows_isWhatTheSameDelayInTimesIs() throws IOException {
        JsonNode rows = scores.json("--learner", "auto,fixed-share", "--delay", "19");
        JsonNode times = scores.json("--learner", "auto,fixed-share", "--event-time", "t", "--label-time", "known");

        assertThat(RecordedScores.of(times, "fixed-share").get("logLoss"))
                .isEqualTo(RecordedScores.of(rows, "fixed-share").get("logLoss"));
        assertThat(RecordedScores.of(times, "auto").get("weights"))
                .isEqualTo(RecordedScores.of(rows, "auto").get("weights"));
        assertThat(RecordedScores.of(scores.json("--learner", "fixed-share"), "fixed-share")
                        .get("logLoss"))
                .isNotEqualTo(RecordedScores.of(rows, "fixed-share").get("logLoss"));
    }

    @Test
    void weightsOut_ofOneLearner_holdsTheWeightsOfEachRowSummingToOne() throws IOException {
        Path weights = folder.resolve("weights.csv");

        assertThat(scores.run("--learner", "ml-poly", "--weights-out", weights.toString()))
                .isZero();

        List<String> lines = Files.readAllLines(weights);
        assertThat(lines).hasSize(RecordedScores.ROWS + 1).startsWith("t,good,coin,sleepy");
        assertThat(lines.get(1)).isEqualTo("1,0.50000000000000000,0.50000000000000000,0.0000000000000000");
        for (int t = 1; t <= RecordedScores.ROWS; t++) {
            double[] row = Arrays.stream(lines.get(t).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(row[0]).isEqualTo(t);
            assertThat(row[1] + row[2] + row[3]).isCloseTo(1, within(1e-12));
            if ((t - 1) % 3 == 0) {
                assertThat(row[3]).as("asleep in row %d", t).isZero();
            }
        }
    }

    @Test
    void holdout_reportsTheLastPartAloneAndChoosesByThePartBefore() throws IOException {
        JsonNode root = scores.json("--learner", "fixed-share,boa", "--holdout", "0.15", "--validation", "0.15");

        assertThat(root.get("labelled").asInt()).isEqualTo(90);
        assertThat(RecordedScores.of(root, "good").get("n").asInt()).isEqualTo(90);
        assertThat(RecordedScores.of(root, "fixed-share")
                        .get("chosen")
                        .get("eta")
                        .asDouble())
                .isPositive();
        assertThat(RecordedScores.of(root, "fixed-share").get("settingsTried").asInt())
                .isGreaterThan(20);
        assertThat(RecordedScores.of(root, "boa").has("chosen")).isFalse();
    }

    @Test
    void warmup_leavesRowsOutOfTheFigures() throws IOException {
        assertThat(RecordedScores.of(scores.json("--warmup", "100"), "good")
                        .get("n")
                        .asInt())
                .isEqualTo(RecordedScores.ROWS - 100);
    }

    @Test
    void complete_reportsOnlyRowsThatAllAnswered() throws IOException {
        JsonNode root = scores.json("--complete", "--learner", "boa");

        assertThat(RecordedScores.of(root, "good").get("n").asInt())
                .isEqualTo(RecordedScores.ROWS - RecordedScores.ROWS / 3);
        assertThat(RecordedScores.of(root, "boa").get("n").asInt())
                .isEqualTo(RecordedScores.ROWS - RecordedScores.ROWS / 3);
    }

    @Test
    void incumbent_isComparedWithAndNotFused() throws IOException {
        JsonNode root = scores.json("--incumbent", "fused_now", "--against", "fused_now", "--learner", "boa");

        assertThat(RecordedScores.of(root, "fused_now").get("kind").asText()).isEqualTo("incumbent");
        assertThat(RecordedScores.of(root, "boa").get("weights").has("fused_now"))
                .isFalse();
        JsonNode pair = root.get("differences").get("pairs").get(0);
        assertThat(pair.get("less").asText()).isEqualTo("fused_now");
        assertThat(pair.get("logLoss95").get(0).asDouble())
                .isLessThanOrEqualTo(pair.get("logLoss95").get(1).asDouble());
    }

    @Test
    void regression_ofTheSameColumns_hasItsOwnFigures() throws IOException {
        JsonNode boa = RecordedScores.of(
                scores.json("--task", "regression", "--learner", "boa", "--param", "interval=0.8"), "boa");

        assertThat(boa.get("rmse").asDouble()).isPositive();
        assertThat(boa.has("logLoss")).isFalse();
        assertThat(boa.get("coverage").asDouble()).isBetween(0.7, 0.9);
    }

    @Test
    void multiclass_ofScoresByClass_hasItsOwnFigures() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        List<String> lines = new ArrayList<>(List.of("a.red,a.green,a.blue,b.red,b.green,b.blue,y"));
        String[] names = {"red", "green", "blue"};
        for (int t = 0; t < 500; t++) {
            int truth = random.nextInt(3);
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < 3; c++) {
                row.append(c == truth ? "0.6," : "0.2,");
            }
            // Nothing, what does not add up, and half an answer: no answer.
            row.append(
                    switch (t % 5) {
                        case 0 -> ",,,";
                        case 1 -> "1,1,1,";
                        case 2 -> "0.5,,0.2,";
                        default -> "0.3,0.3,0.4,";
                    });
            lines.add(row + names[truth]);
        }
        Path classes = Files.write(folder.resolve("classes.csv"), lines);
        Path json = folder.resolve("classes.json");

        int code = scores.execute(
                "backtest",
                "--scores",
                classes.toString(),
                "--members",
                "a,b",
                "--label",
                "y",
                "--task",
                "multiclass",
                "--classes",
                "red,green,blue",
                "--learner",
                "auto,boa,stack",
                "--json",
                json.toString(),
                "--report",
                folder.resolve("classes.html").toString());

        assertThat(code).as(scores.output()).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(RecordedScores.of(root, "a").get("logLoss").asDouble()).isCloseTo(-Math.log(0.6), within(1e-9));
        assertThat(RecordedScores.of(root, "a").get("accuracy").asDouble()).isEqualTo(1);
        assertThat(RecordedScores.of(root, "b").get("n").asInt()).isEqualTo(200);
        assertThat(scores.output()).contains("100 scores lie outside");
        assertThat(RecordedScores.of(root, "uniform").get("brier").asDouble()).isBetween(0.0, 1.0);
        assertThat(RecordedScores.of(root, "boa").get("weights").get("a").asDouble())
                .isGreaterThan(0.9);
        assertThat(RecordedScores.of(root, "auto").get("logLoss").asDouble())
                .isLessThan(RecordedScores.of(root, "uniform").get("logLoss").asDouble());
        assertThat(RecordedScores.of(root, "stack").get("macroF1").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void report_isOneFileThatLoadsNothing() throws IOException {
        Path page = folder.resolve("report.html");

        assertThat(scores.run("--learner", "auto,stack", "--report", page.toString()))
                .as(scores.output())
                .isZero();

        String html = Files.readString(page);
        assertThat(html).contains("uPlot", "Regret against the best fixed weights");
        assertThat(html).doesNotContain("/*data*/", "/*uplot.js*/", " src=", "@import", "fetch(");
        String data = html.substring(html.indexOf("id=\"data\">") + 10);
        JsonNode drawn = new ObjectMapper().readTree(data.substring(0, data.indexOf("</script>")));
        assertThat(drawn.get("scorers").get(0).get("weights")).hasSize(3);
        assertThat(drawn.get("scorers").get(0).get("regretFixed")).hasSameSizeAs(drawn.get("x"));
        assertThat(drawn.get("precisionRecall")).isNotEmpty();
        double sum = 0;
        for (JsonNode weight : drawn.get("hindsight")) {
            sum += weight.asDouble();
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
    }
}
