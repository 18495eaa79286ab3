package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {

    private static final int EVENTS = 2000;
    private static final double CLIP = 1e-6;

    private final SplittableRandom random = new SplittableRandom(3);

    private double[] numbers(double[] labels, double off) {
        return Arrays.stream(labels)
                .map(label -> label + off * random.nextDouble(-1, 1))
                .toArray();
    }

    private BlockBootstrap.Difference difference(Task task, int[] blocks, double[] labels, double[] a, double[] b) {
        return Objects.requireNonNull(new BlockBootstrap(blocks, labels, task, 1, CLIP, 0.5).difference(a, b));
    }

    @Test
    void difference_ofNumbers_isTheFiguresDifferenceWithAnIntervalAroundIt() {
        double[] labels = random.doubles(EVENTS, 0, 100).toArray();
        double[] better = numbers(labels, 5);
        double[] worse = numbers(labels, 6);
        ScoredLabels first = new ScoredLabels(Task.REGRESSION, 1, CLIP, Double.NaN, Double.NaN);
        ScoredLabels second = new ScoredLabels(Task.REGRESSION, 1, CLIP, Double.NaN, Double.NaN);
        for (int i = 0; i < EVENTS; i++) {
            first.add(better[i], labels[i]);
            second.add(worse[i], labels[i]);
        }

        BlockBootstrap.Difference found =
                difference(Task.REGRESSION, BlockBootstrap.rows(EVENTS, 20), labels, better, worse);

        double rmse = first.figures("a").of(Figure.RMSE) - second.figures("b").of(Figure.RMSE);
        assertThat(found.main().figure()).isEqualTo(Figure.RMSE);
        assertThat(found.main().difference()).isCloseTo(rmse, within(1e-12));
        assertThat(found.main().low()).isLessThan(rmse);
        assertThat(found.main().high()).isBetween(rmse, 0.0);
        assertThat(found.other().figure()).isEqualTo(Figure.MAE);
        assertThat(found.blocks()).isEqualTo(100);
    }

    @Test
    void difference_ofScorersThatAreAlike_holdsZero() {
        double[] labels = random.doubles(EVENTS, 0, 100).toArray();

        BlockBootstrap.Interval main = difference(
                        Task.REGRESSION,
                        BlockBootstrap.rows(EVENTS, 20),
                        labels,
                        numbers(labels, 5),
                        numbers(labels, 5))
                .main();

        assertThat(main.low()).isNegative();
        assertThat(main.high()).isPositive();
    }

    @Test
    void difference_whereOneDidNotAnswer_leavesThatEventOut() {
        double[] labels = new double[EVENTS];
        Arrays.setAll(labels, i -> random.nextInt(2));
        double[] first = random.doubles(EVENTS, 0.1, 0.9).toArray();
        double[] second = random.doubles(EVENTS, 0.1, 0.9).toArray();
        double[] sleepy = second.clone();
        for (int i = 0; i < EVENTS; i += 2) {
            sleepy[i] = Double.NaN;
        }
        double expected = 0;
        for (int i = 1; i < EVENTS; i += 2) {
            expected += Math.log(labels[i] > 0.5 ? second[i] : 1 - second[i])
                    - Math.log(labels[i] > 0.5 ? first[i] : 1 - first[i]);
        }

        BlockBootstrap.Interval main = difference(Task.BINARY, BlockBootstrap.rows(EVENTS, 20), labels, first, sleepy)
                .main();

        assertThat(main.difference()).isCloseTo(expected / (EVENTS / 2), within(1e-12));
    }

    /** Blocks that differ from each other make an interval wide, however many events each has. */
    @Test
    void interval_whereEventsOfABlockAreAlike_isWiderThanRowsAloneWouldSay() {
        double[] labels = new double[EVENTS];
        double[] first = new double[EVENTS];
        double[] second = new double[EVENTS];
        for (int block = 0; block < 20; block++) {
            double off = random.nextDouble(-1, 1);
            for (int i = 0; i < EVENTS / 20; i++) {
                first[block * EVENTS / 20 + i] = 5 + off;
                second[block * EVENTS / 20 + i] = 5;
            }
        }

        BlockBootstrap.Interval rows = difference(
                        Task.REGRESSION, BlockBootstrap.rows(EVENTS, 1), labels, first, second)
                .main();
        BlockBootstrap.Interval blocks = difference(
                        Task.REGRESSION, BlockBootstrap.rows(EVENTS, EVENTS / 20), labels, first, second)
                .main();

        assertThat(blocks.high() - blocks.low()).isGreaterThan(4 * (rows.high() - rows.low()));
    }

    @Test
    void difference_ofFewerThanFiveBlocks_isNotTold() {
        double[] labels = {1, 2, 3, 4};
        assertThat(new BlockBootstrap(BlockBootstrap.rows(4, 1), labels, Task.REGRESSION, 1, CLIP, Double.NaN)
                        .difference(labels, labels))
                .isNull();
    }

    @Test
    void days_areNumberedInTheOrderOfTheirFirstEvents() {
        long day = 24L * 60 * 60 * 1000;
        assertThat(BlockBootstrap.days(new long[] {5 * day, 5 * day + 1, 7 * day, 5 * day - 1, 7 * day}))
                .containsExactly(0, 0, 1, 2, 1);
    }
}
