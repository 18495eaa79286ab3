package io.tributary.core.measure;

import static io.tributary.core.measure.OneNumber.change;
import static io.tributary.core.measure.OneNumber.observe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Prediction;
import io.tributary.core.Task;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberMeasureTest {

    private final NumberMeasure measure = new NumberMeasure(Task.REGRESSION, Double.NaN);

    @Test
    void figures_ofAFewErrors_areWhatTheirNamesSay() {
        observe(measure, 12, 10);
        observe(measure, 7, 10);
        observe(measure, 1, 0);
        measure.observeInterval(new Prediction.Interval(8, 12, 0.9), 10, 1);
        measure.observeInterval(new Prediction.Interval(2, 8, 0.9), 10, 1);

        Figures figures = measure.figures("a", 4);

        assertThat(figures.of(Figure.RMSE)).isCloseTo(Math.sqrt(14 / 3.0), within(1e-15));
        assertThat(figures.of(Figure.MAE)).isCloseTo(2, within(1e-15));
        assertThat(figures.of(Figure.MAPE)).as("without the label 0").isCloseTo(0.25, within(1e-15));
        assertThat(figures.of(Figure.COVERAGE)).isEqualTo(0.5);
        assertThat(figures.of(Figure.INTERVAL_WIDTH)).isEqualTo(5);
        assertThat(figures.answered()).isEqualTo(0.75);
    }

    @Test
    void figures_ofAQuantile_arePinballLossAndTheShareBelow() {
        NumberMeasure quantile = new NumberMeasure(Task.QUANTILE, 0.9);
        observe(quantile, 10, 8);
        observe(quantile, 10, 11);

        Figures figures = quantile.figures("a", 2);

        assertThat(figures.of(Figure.PINBALL)).isCloseTo((0.1 * 2 + 0.9 * 1) / 2, within(1e-15));
        assertThat(figures.of(Figure.COVERAGE)).isEqualTo(0.5);
        assertThat(figures.of(Figure.RMSE)).isNaN();
    }

    @Test
    void change_takingOutAnErrorHoweverLarge_leavesTheOthersExact() {
        for (double huge : new double[] {1e10, 1e16, 1e200, Double.MAX_VALUE}) {
            NumberMeasure each = new NumberMeasure(Task.REGRESSION, Double.NaN);
            observe(each, 2, 1);
            observe(each, huge, 1);
            change(each, huge, 1, -1);

            Figures figures = each.figures("a", 1);

            assertThat(figures.count()).isEqualTo(1);
            assertThat(figures.of(Figure.RMSE)).as("after %s", huge).isEqualTo(1);
            assertThat(figures.of(Figure.MAE)).as("after %s", huge).isEqualTo(1);
        }
    }

    @Test
    void observe_nanScoreOrLabel_isNotCounted() {
        observe(measure, Double.NaN, 1);
        observe(measure, 1, Double.NaN);
        measure.observeInterval(new Prediction.Interval(0, 1, 0.9), Double.NaN, 1);

        assertThat(measure.count()).isZero();
        assertThat(measure.figures("a", 0).of(Figure.COVERAGE)).isNaN();
    }

    @Test
    void merge_ofParts_isTheWhole_andReadIsWhatWasWritten() {
        NumberMeasure first = new NumberMeasure(Task.REGRESSION, Double.NaN);
        NumberMeasure second = new NumberMeasure(Task.REGRESSION, Double.NaN);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1000; i++) {
            double label = random.nextDouble(-100, 100);
            double score = label + random.nextDouble(-5, 5);
            observe(measure, score, label);
            observe(i < 400 ? first : second, score, label);
        }
        first.merge(second);
        ByteBuffer bytes = ByteBuffer.allocate(first.maxBytes());
        first.write(bytes);
        bytes.flip();
        NumberMeasure read = new NumberMeasure(Task.REGRESSION, Double.NaN);
        read.read(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.figures("a", 1000)).isEqualTo(first.figures("a", 1000));
        for (Figure figure : new Figure[] {Figure.RMSE, Figure.MAE, Figure.MAPE}) {
            assertThat(first.figures("a", 1000).of(figure))
                    .isCloseTo(measure.figures("a", 1000).of(figure), within(1e-12));
        }
    }
}
