package io.tributary.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.report.Journal;
import io.tributary.core.backtest.Recording;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever waits is told how far a learner is. */
class BacktestProgressTest {

    private static final int ROWS = 100;

    /** Writes down what it is told. */
    private static final class Told implements Journal {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void done(String what) {
            lines.add("done");
        }

        @Override
        public Gauge begin(String what, long total) {
            lines.add(total + " " + what);
            return new Gauge() {
                private long furthest;

                @Override
                public void at(long done) {
                    furthest = Math.max(furthest, done);
                }

                @Override
                public void close() {
                    lines.add("to " + furthest);
                }
            };
        }
    }

    @Test
    void run_tellsOfEverySettingThatIsTriedAndEveryRow() {
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: id, time: at}
                features: [x]
                learning: {learner: fixed-share}
                members:
                  a: {rules: [{when: x > 1, score: 0.5}]}
                  b: {rules: [{when: x > 1, score: 0.5}]}
                """, Path.of("test.yaml"));
        double[][] scores = new double[ROWS][];
        double[] labels = new double[ROWS];
        double[] times = new double[ROWS];
        for (int t = 0; t < ROWS; t++) {
            labels[t] = t % 3 == 0 ? 1 : 0;
            scores[t] = new double[] {0.2 + 0.5 * labels[t], 0.4};
            times[t] = t;
        }
        Recorded recorded = new Recorded(
                Recording.timed(spec.memberNames(), scores, labels, times, times),
                new long[ROWS],
                List.of(),
                new double[0][],
                List.of());
        Told told = new Told();

        new BacktestRun(recorded, new BacktestRun.Scope(0, 0.2, 0.2, false), false, told)
                .run(List.of(spec.plan()), List.of());

        assertThat(told.lines)
                .containsExactly("29 settings of fixed-share", "to 28", "100 rows by fixed-share", "to 99", "done");
    }
}
