package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MulticlassMeasureTest {

    private final Measure measure = Measure.of(Task.MULTICLASS, 3, 1e-6, Double.NaN, Double.NaN);

    @Test
    void figures_ofAFewLabels_areWhatTheirNamesSay() {
        double[] scores = {0.7, 0.2, 0.1, 0.1, 0.5, 0.4, 0.3, 0.4, 0.3};
        measure.observe(scores, 0, 0);
        measure.observe(scores, 3, 2);
        measure.observe(scores, 6, 1);

        Figures figures = measure.figures("a", 3);

        assertThat(figures.of(Figure.LOG_LOSS))
                .isCloseTo(-(Math.log(0.7) + Math.log(0.4) + Math.log(0.4)) / 3, within(1e-15));
        double brier = 0.09 + 0.04 + 0.01 + 0.01 + 0.25 + 0.36 + 0.09 + 0.36 + 0.09;
        assertThat(figures.of(Figure.BRIER)).isCloseTo(brier / 3, within(1e-15));
        assertThat(figures.of(Figure.ACCURACY)).isCloseTo(2 / 3.0, within(1e-15));
        // Class 0: 1; class 1 said twice and right once: 2/3; class 2 never said: 0.
        assertThat(figures.of(Figure.MACRO_F1)).isCloseTo((1 + 2 / 3.0 + 0) / 3, within(1e-15));
    }

    @Test
    void change_toAnotherLabel_isAsIfItHadComeAtOnce() {
        double[] scores = {0.7, 0.2, 0.1};
        Measure expected = Measure.of(Task.MULTICLASS, 3, 1e-6, Double.NaN, Double.NaN);
        expected.observe(scores, 0, 2);
        measure.observe(scores, 0, 1);
        measure.change(scores, 0, 1, -1);
        measure.change(scores, 0, 2, 1);

        assertThat(measure.figures("a", 1).values())
                .isEqualTo(expected.figures("a", 1).values());
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        double[] scores = {0.7, 0.2, 0.1};
        measure.observe(scores, 0, 2);
        measure.observe(scores, 0, 0);
        ByteBuffer bytes = ByteBuffer.allocate(measure.maxBytes());
        measure.write(bytes);
        bytes.flip();
        Measure read = Measure.of(Task.MULTICLASS, 3, 1e-6, Double.NaN, Double.NaN);
        read.read(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.figures("a", 2)).isEqualTo(measure.figures("a", 2));
    }
}
