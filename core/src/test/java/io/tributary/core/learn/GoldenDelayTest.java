package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AdaHedgeD against another implementation's weights, with labels that are late by a fixed or a varying number of rows. */
class GoldenDelayTest {

    private static final double TOLERANCE = 1e-10;

    @ParameterizedTest
    @CsvSource({
        "synth200x5, 0", "synth200x5, 1", "synth200x5, 5", "synth200x5, 24", "synth200x5, var",
        "binlog400x4, 0", "binlog400x4, 1", "binlog400x4, 5", "binlog400x4, 24", "binlog400x4, var"
    })
    void weights_underDelay_areThoseOfTheReference(String stream, String delay) {
        Path golden = Shared.golden();
        double[][] scores =
                CsvNumbers.read(golden.resolve(stream + "/experts.csv")).columnsFrom(1);
        double[][] labels =
                CsvNumbers.read(golden.resolve(stream + "/outcomes.csv")).columnsFrom(1);
        double[][] expected = CsvNumbers.read(
                        golden.resolve("poold_delay/" + stream + "-adahedged-D" + delay + "-hint_none.csv"))
                .columnsFrom(1);
        double[][] arrivals = CsvNumbers.read(golden.resolve("poold_delay/" + stream + "-var_arrival.csv"))
                .rows();
        int members = scores[0].length;
        AdaHedgeD learner = new AdaHedgeD(members);
        double[] state = new double[learner.stateSize(members)];
        learner.start(new double[members], state);
        Loss loss = stream.startsWith("binlog") ? Loss.LOG : Loss.SQUARE;
        Lesson lesson = new Lesson(loss, true, members, 1);
        Fuser fuser = new Fuser(FusionMethod.MEAN, 1e-12, members);
        double[] logs = new double[members];
        int[] lessonsBefore = new int[scores.length];
        int learned = 0;
        for (int t = 0; t < scores.length; t++) {
            while (learned < t && availableBefore(learned, t, delay, arrivals)) {
                long lag = learned - lessonsBefore[learned];
                learner.playedLogWeights(state, lag, logs);
                fuser.use(logs);
                fuser.fuse(scores[learned]);
                lesson.prepare(fuser, scores[learned], labels[learned][0], 1, lag);
                learner.update(state, lesson);
                learned++;
            }
            lessonsBefore[t] = learned;
            learner.logWeights(state, logs);
            fuser.use(logs);
            for (int k = 0; k < members; k++) {
                assertThat(fuser.weights()[k])
                        .as("row %d, member %d", t + 1, k + 1)
                        .isCloseTo(expected[t][k], within(TOLERANCE));
            }
            assertThat(fuser.fuse(scores[t])).isCloseTo(expected[t][members], within(TOLERANCE));
        }
    }

    private static boolean availableBefore(int row, int now, String delay, double[][] arrivals) {
        return delay.equals("var") ? arrivals[row][1] <= now + 1 : row + Integer.parseInt(delay) < now;
    }
}
