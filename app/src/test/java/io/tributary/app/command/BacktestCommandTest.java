package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.core.learn.Learners;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command over small recordings: what it writes, and what it says of what it cannot use. */
class BacktestCommandTest {

    private static final int ROWS = 600;

    @TempDir
    Path folder;

    private Path scores;
    private String output = "";

    @BeforeEach
    void record() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>(List.of("t,good,coin,sleepy,fused_now,y,known"));
        for (int t = 0; t < ROWS; t++) {
            int y = random.nextDouble() < 0.3 ? 1 : 0;
            double good = y == 1 ? random.nextDouble(0.3, 0.95) : random.nextDouble(0.02, 0.5);
            String sleepy = t % 3 == 0 ? "" : String.format(Locale.ROOT, "%.4f", random.nextDouble(0.05, 0.6));
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.4f,%s,%.4f,%d,%d",
                    t,
                    good,
                    random.nextDouble(0.1, 0.9),
                    sleepy,
                    good * 0.9,
                    y,
                    t + 20));
        }
        scores = Files.write(folder.resolve("scores.csv"), lines);
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("backtest", "--scores", scores.toString()));
        arguments.addAll(List.of("--members", "good,coin,sleepy", "--label", "y"));
        arguments.addAll(Arrays.asList(options));
        return execute(arguments.toArray(new String[0]));
    }

    private int execute(String... arguments) {
        StringWriter written = new StringWriter();
        CommandLine command =
                Tributary.command().setOut(new PrintWriter(written)).setErr(new PrintWriter(written));
        int code = command.execute(arguments);
        output = written.toString();
        return code;
    }

    private JsonNode json(String... options) throws IOException {
        Path file = folder.resolve("figures.json");
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(List.of("--json", file.toString()));
        assertThat(run(all.toArray(new String[0]))).as(output).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    private static JsonNode of(JsonNode root, String name) {
        for (JsonNode each : root.get("results")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no result " + name);
    }

    @Test
    void results_ofAllLearners_holdEveryScorerWithItsFiguresAndWeights() throws IOException {
        JsonNode root = json("--learner", String.join(",", Learners.NAMES));

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
                assertThat(each.get("n").asInt()).isEqualTo(ROWS);
            }
        }
        assertThat(of(root, "sleepy").get("n").asInt()).isEqualTo(ROWS - ROWS / 3);
        assertThat(of(root, "boa").get("logLoss").asDouble())
                .isLessThan(of(root, "uniform").get("logLoss").asDouble());
        assertThat(of(root, "boa").get("weights").get("good").asDouble()).isGreaterThan(0.8);
    }

    @Test
    void uniform_isThePlainAverageOfThoseThatAnswered() throws IOException {
        List<String> rows = Files.readAllLines(scores);
        double loss = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            double sum = Double.parseDouble(cells[1]) + Double.parseDouble(cells[2]);
            double mean = cells[3].isEmpty() ? sum / 2 : (sum + Double.parseDouble(cells[3])) / 3;
            loss -= Math.log(cells[5].equals("1") ? mean : 1 - mean);
        }

        assertThat(of(json(), "uniform").get("logLoss").asDouble()).isCloseTo(loss / ROWS, within(1e-12));
    }

    @Test
    void delay_inRows_isWhatTheSameDelayInTimesIs() throws IOException {
        JsonNode rows = json("--learner", "auto,fixed-share", "--delay", "19");
        JsonNode times = json("--learner", "auto,fixed-share", "--event-time", "t", "--label-time", "known");

        assertThat(of(times, "fixed-share").get("logLoss"))
                .isEqualTo(of(rows, "fixed-share").get("logLoss"));
        assertThat(of(times, "auto").get("weights")).isEqualTo(of(rows, "auto").get("weights"));
        assertThat(of(json("--learner", "fixed-share"), "fixed-share").get("logLoss"))
                .isNotEqualTo(of(rows, "fixed-share").get("logLoss"));
    }

    @Test
    void weightsOut_ofOneLearner_holdsTheWeightsOfEachRowSummingToOne() throws IOException {
        Path weights = folder.resolve("weights.csv");

        assertThat(run("--learner", "ml-poly", "--weights-out", weights.toString()))
                .isZero();

        List<String> lines = Files.readAllLines(weights);
        assertThat(lines).hasSize(ROWS + 1).startsWith("t,good,coin,sleepy");
        assertThat(lines.get(1)).isEqualTo("1,0.50000000000000000,0.50000000000000000,0.0000000000000000");
        for (int t = 1; t <= ROWS; t++) {
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
        JsonNode root = json("--learner", "fixed-share,boa", "--holdout", "0.15", "--validation", "0.15");

        assertThat(root.get("labelled").asInt()).isEqualTo(90);
        assertThat(of(root, "good").get("n").asInt()).isEqualTo(90);
        assertThat(of(root, "fixed-share").get("chosen").get("eta").asDouble()).isPositive();
        assertThat(of(root, "fixed-share").get("settingsTried").asInt()).isGreaterThan(20);
        assertThat(of(root, "boa").has("chosen")).isFalse();
    }

    @Test
    void warmup_leavesRowsOutOfTheFigures() throws IOException {
        assertThat(of(json("--warmup", "100"), "good").get("n").asInt()).isEqualTo(ROWS - 100);
    }

    @Test
    void complete_reportsOnlyRowsThatAllAnswered() throws IOException {
        JsonNode root = json("--complete", "--learner", "boa");

        assertThat(of(root, "good").get("n").asInt()).isEqualTo(ROWS - ROWS / 3);
        assertThat(of(root, "boa").get("n").asInt()).isEqualTo(ROWS - ROWS / 3);
    }

    @Test
    void incumbent_isComparedWithAndNotFused() throws IOException {
        JsonNode root = json("--incumbent", "fused_now", "--against", "fused_now", "--learner", "boa");

        assertThat(of(root, "fused_now").get("kind").asText()).isEqualTo("incumbent");
        assertThat(of(root, "boa").get("weights").has("fused_now")).isFalse();
        JsonNode pair = root.get("differences").get("pairs").get(0);
        assertThat(pair.get("less").asText()).isEqualTo("fused_now");
        assertThat(pair.get("logLoss95").get(0).asDouble())
                .isLessThanOrEqualTo(pair.get("logLoss95").get(1).asDouble());
    }

    @Test
    void regression_ofTheSameColumns_hasItsOwnFigures() throws IOException {
        JsonNode boa = of(json("--task", "regression", "--learner", "boa", "--param", "interval=0.8"), "boa");

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
            row.append(t % 5 == 0 ? ",,," : "0.3,0.3,0.4,");
            lines.add(row + names[truth]);
        }
        scores = Files.write(folder.resolve("classes.csv"), lines);
        Path json = folder.resolve("classes.json");

        int code = execute(
                "backtest",
                "--scores",
                scores.toString(),
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

        assertThat(code).as(output).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(of(root, "a").get("logLoss").asDouble()).isCloseTo(-Math.log(0.6), within(1e-9));
        assertThat(of(root, "a").get("accuracy").asDouble()).isEqualTo(1);
        assertThat(of(root, "b").get("n").asInt()).isEqualTo(400);
        assertThat(of(root, "boa").get("weights").get("a").asDouble()).isGreaterThan(0.9);
        assertThat(of(root, "auto").get("logLoss").asDouble())
                .isLessThan(of(root, "uniform").get("logLoss").asDouble());
        assertThat(of(root, "stack").get("macroF1").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void report_isOneFileThatLoadsNothing() throws IOException {
        Path page = folder.resolve("report.html");

        assertThat(run("--learner", "auto,stack", "--report", page.toString()))
                .as(output)
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --incumbent bad               | has no column bad; it has t, good, coin
            --members good,good           | names a column twice
            --label-time known            | needs --event-time
            --task classes                | must be one of binary
            --learner boss                | known are auto
            --fusion stack --learner boa  | take learner stack
            --fusion median --task multiclass --classes a,b | must for multiclass be one of
            --loss pinball                | must for binary be one of log
            --param eta=-1                | must be above 0
            --param etta=1                | known are
            --warmup 600                  | none is reported
            --validation 0.1              | needs --holdout
            --against nobody              | is none of good, coin
            --json nowhere/x.json         | there is no folder
            --spec x.yaml                 | leave one out
            --label-delay 7d              | go with --spec
            """)
    void wrongOptions_areRefusedWithTheRule(String options, String message) {
        assertThat(run(options.split(" "))).isNotZero();
        assertThat(output).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,0.5,x,0.5,0.5,1,9   | scores.csv:602: coin is 'x', must be a number
            1,0.5,0.5,0.5,0.5,2,9 | scores.csv:602: y is '2', must be 0, 1 or empty
            1,0.5                 | has 2 cells, the header 7
            """)
    void wrongCells_areRefusedWithTheirLine(String row, String message) throws IOException {
        Files.writeString(scores, Files.readString(scores) + row + "\n");

        assertThat(run()).isNotZero();
        assertThat(output).contains(message);
    }

    @Test
    void scoresOutOfRange_countAsNotAnsweredAndAreTold() throws IOException {
        Files.writeString(scores, Files.readString(scores) + "600,1.5,0.5,0.5,0.5,1,700\n");

        assertThat(of(json(), "good").get("n").asInt()).isEqualTo(ROWS);
        assertThat(output).contains("1 scores lie outside [0, 1]");
    }

    @Test
    void nothingGiven_saysWhatIsNeeded() {
        assertThat(execute("backtest")).isNotZero();
        assertThat(output).contains("--scores FILE or --spec SPEC");
        assertThat(Arrays.stream(output.split("\n")).collect(Collectors.toList()))
                .hasSize(1);
    }
}
