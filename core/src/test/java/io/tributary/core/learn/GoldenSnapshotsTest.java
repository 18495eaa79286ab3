package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The learners over whole recorded streams, against snapshots of another implementation's weights. Not compared are the
 * runs that choose their rates on a grid as they go ({@code EWA_calib}, {@code FS_calib}, {@code Ridge_calib}), which no
 * learner here does.
 */
class GoldenSnapshotsTest {

    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @CsvSource({
        "BOA-square-grad-full, BOA",
        "BOA-percentage-grad-full, BOA_percentage",
        "MLewa-square-grad-full, MLewa",
        "MLpol-square-grad-full, MLpol",
        "MLpol-percentage-grad-full, MLpol_percentage",
        "MLprod-square-grad-full, MLprod",
        "OGD-square-grad-full, OGD"
    })
    void weeklyLoad_weights_areThoseOfTheReference(String configuration, String file) {
        Path folder = Shared.golden().resolve("weekly_load");
        double[][] experts = CsvNumbers.read(folder.resolve("experts.csv")).columnsFrom(1);
        double[] outcomes =
                column(CsvNumbers.read(folder.resolve("outcomes.csv")).rows(), 1);

        compare(
                Replay.of(experts, outcomes).run(Configuration.named(configuration, 1)),
                CsvNumbers.read(folder.resolve(file + ".weights.csv")).rows(),
                620);
    }

    @ParameterizedTest
    @CsvSource({
        "MLewa-square-grad-full, MLewa-square-grad",
        "MLpol-square-grad-full, MLpol-square-grad",
        "MLpol-square-plain-full, MLpol-square-plain",
        "MLpol-absolute-grad-full, MLpol-absolute-grad",
        "MLprod-square-grad-full, MLprod-square-grad"
    })
    void metro_weights_areThoseOfTheReference(String configuration, String file) {
        Path folder = Shared.golden().resolve("metro_members");
        compare(
                metro().run(Configuration.named(configuration, 1)),
                CsvNumbers.read(folder.resolve(file + ".snap24.csv.gz")).rows(),
                1);
    }

    @Test
    void metro_fixedShare_hasTheWeightsOfTheReference() {
        Configuration chosen = Configuration.named("FS-square-grad-full", 1).with(new FixedShare(1e-7, 0.001));
        compare(
                metro().run(chosen),
                CsvNumbers.read(Shared.golden().resolve("metro_members/FS-square-grad.snap24.csv.gz"))
                        .rows(),
                1);
    }

    /**
     * When a member answers for the first time, its weight is nearly 1 and its rate 2^20: its regret is a difference of
     * almost equal numbers, whose rounding that rate makes visible. From there on two correct implementations go apart,
     * so that only the way until then and the loss over all can be compared.
     */
    @ParameterizedTest
    @CsvSource({"square, 304.26270296517691", "absolute, 304.76750863093861"})
    void metro_boa_goesTheReferencesWayUntilRoundingIsMagnified(String loss, double rmse) {
        Path folder = Shared.golden().resolve("metro_members");
        Replay.Run run = metro().run(Configuration.named("BOA-" + loss + "-grad-full", 1));
        double[][] expected = CsvNumbers.read(folder.resolve("BOA-" + loss + "-grad.snap24.csv.gz"))
                .rows();

        compare(run, Arrays.copyOf(expected, 22), 1);
        double[] outcomes = metroOutcomes();
        double squares = 0;
        for (int t = 0; t < outcomes.length; t++) {
            squares += (run.fused()[t] - outcomes[t]) * (run.fused()[t] - outcomes[t]);
        }
        assertThat(Math.sqrt(squares / outcomes.length)).isCloseTo(rmse, within(1e-3 * rmse));
    }

    @ParameterizedTest
    @CsvSource({
        "BOA-logloss-grad-full, BOA_grad, 0",
        "BOA-logloss-plain-full, BOA_plain, 0",
        "EWA-logloss-plain-full, EWA_plain_eta1, 0",
        "FS-logloss-plain-full, FS_plain_eta1_alpha0.001, 0.001",
        "FS-logloss-plain-full, FS_plain_eta1_alpha0.01, 0.01",
        "FS-logloss-plain-full, FS_plain_eta1_alpha0.05, 0.05",
        "MLewa-logloss-grad-full, MLewa_grad, 0",
        "MLpol-logloss-grad-full, MLpol_grad, 0",
        "MLpol-logloss-plain-full, MLpol_plain, 0",
        "MLprod-logloss-grad-full, MLprod_grad, 0"
    })
    void electricity_weights_areThoseOfTheReference(String configuration, String file, double alpha) {
        Path folder = Shared.golden().resolve("elec2_members");
        double[][] rows = CsvNumbers.read(folder.resolve("member_probs.csv.gz")).rows();
        double[][] clipped = Arrays.stream(rows)
                .map(row -> Arrays.stream(row, 1, 7)
                        .map(score -> Math.min(1 - 1e-3, Math.max(1e-3, score)))
                        .toArray())
                .toArray(double[][]::new);
        Configuration named = Configuration.named(configuration, 1);

        compare(
                Replay.of(clipped, column(rows, 7)).run(alpha == 0 ? named : named.with(new FixedShare(1, alpha))),
                CsvNumbers.read(folder.resolve("logloss_" + file + ".snap48.csv.gz"))
                        .rows(),
                1);
    }

    /** Snapshots have the row's number, a weight a member, the fused score and a running loss. */
    private static void compare(Replay.Run run, double[][] snapshots, int firstRow) {
        int members = snapshots[0].length - 3;
        for (double[] snapshot : snapshots) {
            int row = (int) snapshot[0] - firstRow;
            for (int k = 0; k < members; k++) {
                assertThat(run.weights()[row][k])
                        .as("row %d, member %d", row + firstRow, k + 1)
                        .isCloseTo(snapshot[1 + k], within(TOLERANCE));
            }
            double fused = snapshot[1 + members];
            assertThat(run.fused()[row])
                    .as("row %d, fused", row + firstRow)
                    .isCloseTo(fused, within(TOLERANCE * Math.max(1, Math.abs(fused))));
        }
        assertThat(snapshots.length).isGreaterThan(20);
    }

    private static Replay metro() {
        double[][] rows = CsvNumbers.read(Shared.golden().resolve("metro_members/experts.csv.gz"))
                .rows();
        double[][] experts =
                Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, 2, 9)).toArray(double[][]::new);
        return Replay.of(experts, column(rows, 9));
    }

    private static double[] metroOutcomes() {
        return column(
                CsvNumbers.read(Shared.golden().resolve("metro_members/experts.csv.gz"))
                        .rows(),
                9);
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }
}
