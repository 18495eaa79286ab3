package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of options and cells that it cannot use. */
class BacktestRefusalTest {

    @TempDir
    Path folder;

    private RecordedScores scores;

    @BeforeEach
    void record() throws IOException {
        scores = new RecordedScores(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --incumbent bad               | has no column bad; it has t, good, coin
            --members good,good           | names a column twice
            --label-time known            | needs --event-time
            --task classes                | must be one of binary
            --learner boss                | known are auto
            --fusion stack --learner boa  | take learner stack
            --task multiclass --classes red,red | names a class twice
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
        assertThat(scores.run(options.split(" "))).isNotZero();
        assertThat(scores.output()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,0.5,x,0.5,0.5,1,9   | scores.csv:602: coin is 'x', must be a number
            1,0.5,0.5,0.5,0.5,2,9 | scores.csv:602: y is '2', must be 0 or 1, or empty
            1,0.5                 | has 2 cells, the header 7
            """)
    void wrongCells_areRefusedWithTheirLine(String row, String message) throws IOException {
        scores.append(row);

        assertThat(scores.run()).isNotZero();
        assertThat(scores.output()).contains(message);
    }

    @Test
    void scoresOutOfRange_countAsNotAnsweredAndAreTold() throws IOException {
        scores.append("600,1.5,0.5,0.5,0.5,1,700");

        assertThat(RecordedScores.of(scores.json(), "good").get("n").asInt()).isEqualTo(RecordedScores.ROWS);
        assertThat(scores.output()).contains("1 scores lie outside [0, 1]");
    }

    @Test
    void nothingGiven_saysWhatIsNeeded() {
        assertThat(scores.execute("backtest")).isNotZero();
        assertThat(scores.output()).contains("--scores FILE or --spec SPEC");
        assertThat(Arrays.stream(scores.output().split("\n")).collect(Collectors.toList()))
                .hasSize(1);
    }
}
