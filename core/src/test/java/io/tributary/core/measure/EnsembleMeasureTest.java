package io.tributary.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnsembleMeasureTest {

    private static final double NAN = Double.NaN;

    private final EnsembleSpec spec = TestSpecs.of("a", "b");
    private final EnsembleMeasure measure = new EnsembleMeasure(spec);

    @Test
    void figures_ofAFewLabels_areOfMembersFusedAndUniform() {
        measure.observe(label(1, 0.7, 0.6, 0.8));
        measure.observe(label(0, 0.2, NAN, 0.2));
        measure.observe(label(0, NAN, NAN, NAN));

        List<Figures> figures = measure.figures();
        assertThat(figures).extracting(Figures::scorer).containsExactly("a", "b", "fused", "uniform");
        assertThat(figures).extracting(Figures::count).containsExactly(1L, 2L, 2L, 2L);
        assertThat(figures.get(0).answered()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(figures.get(0).of(Figure.BRIER)).isCloseTo(0.16, within(1e-15));
        assertThat(figures.get(1).of(Figure.BRIER)).isCloseTo((0.04 + 0.04) / 2, within(1e-15));
        assertThat(figures.get(2).of(Figure.BRIER)).as("as emitted").isCloseTo((0.09 + 0.04) / 2, within(1e-15));
        assertThat(figures.get(3).of(Figure.BRIER)).as("the plain mean").isCloseTo((0.09 + 0.04) / 2, within(1e-15));
        assertThat(figures.get(2).of(Figure.LOG_LOSS)).isCloseTo(-(Math.log(0.7) + Math.log(0.8)) / 2, within(1e-15));
        assertThat(measure.labels()).isEqualTo(3);
        assertThat(measure.corrections()).isZero();
    }

    @Test
    void fused_isJudgedOnWhatWasEmitted() {
        measure.observe(label(1, 0.95, 0.6, 0.8));
        assertThat(measure.figures().get(2).of(Figure.BRIER)).isCloseTo(0.0025, within(1e-15));
        assertThat(measure.figures().get(3).of(Figure.BRIER)).isCloseTo(0.09, within(1e-15));
    }

    @Test
    void observe_correction_isAsIfTheRightLabelHadComeAtOnce() {
        measure.observe(label(0, 0.3, 0.2, 0.4));
        measure.observe(label(1, 0.7, 0.6, 0.8));
        measure.observe(feedback(Feedback.Kind.CORRECTION, 0, 1, 0.7, 0.6, 0.8));

        EnsembleMeasure expected = new EnsembleMeasure(spec);
        expected.observe(label(0, 0.3, 0.2, 0.4));
        expected.observe(label(0, 0.7, 0.6, 0.8));
        assertSameFigures(expected);
        assertThat(measure.labels()).isEqualTo(2);
        assertThat(measure.corrections()).isEqualTo(1);
    }

    @Test
    void observe_retraction_isAsIfNoLabelHadCome() {
        measure.observe(label(0, 0.3, 0.2, 0.4));
        measure.observe(label(1, 0.7, 0.6, NAN));
        measure.observe(feedback(Feedback.Kind.RETRACTION, NAN, 1, 0.7, 0.6, NAN));

        EnsembleMeasure expected = new EnsembleMeasure(spec);
        expected.observe(label(0, 0.3, 0.2, 0.4));
        assertSameFigures(expected);
        assertThat(measure.labels()).isEqualTo(1);
        assertThat(measure.corrections()).isEqualTo(1);
    }

    @Test
    void restore_inTheMiddle_goesOnToTheSameBytes() {
        EnsembleMeasure first = new EnsembleMeasure(spec);
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            Feedback feedback = random(random);
            measure.observe(feedback);
            first.observe(feedback);
        }
        EnsembleMeasure second = new EnsembleMeasure(spec);
        second.observe(label(1, 0.5, 0.5, 0.5));
        second.restore(first.snapshot());
        for (int i = 0; i < 300; i++) {
            Feedback feedback = random(random);
            measure.observe(feedback);
            second.observe(feedback);
        }
        assertThat(second.snapshot()).isEqualTo(measure.snapshot());
        assertThat(second.figures()).isEqualTo(measure.figures());
        assertThat(second.labels()).isEqualTo(measure.labels());
        assertThat(second.corrections()).isEqualTo(measure.corrections()).isPositive();
    }

    @Test
    void snapshot_ofFewLabels_isSmall() {
        measure.observe(label(1, 0.7, 0.6, 0.8));
        assertThat(measure.snapshot()).hasSizeLessThan(5_000);
    }

    @Test
    void restore_ofOtherMembers_keepsThoseThatStayed() {
        EnsembleMeasure old = new EnsembleMeasure(TestSpecs.of("b", "gone", "a"));
        Scored scored = new Scored(
                0, null, 0.5, new String[] {"b", "gone", "a"}, new double[] {0.9, 0.4, 0.2}, new double[0], null, 1, 1);
        old.observe(new Feedback(Feedback.Kind.LABEL, "e", 0, 1, NAN, null, NAN, scored));
        EnsembleMeasure now = new EnsembleMeasure(TestSpecs.of("a", "b", "new"));
        now.restore(old.snapshot());
        assertThat(now.figures()).extracting(Figures::count).containsExactly(1L, 1L, 0L, 1L, 1L);
        assertThat(now.figures().get(0).of(Figure.BRIER)).isCloseTo(0.64, within(1e-15));
        assertThat(now.figures().get(1).of(Figure.BRIER)).isCloseTo(0.01, within(1e-15));
    }

    @Test
    void restore_cutShort_isRefused() {
        byte[] whole = measure.snapshot();
        for (int length : new int[] {0, 3, 10, whole.length - 1}) {
            assertThatThrownBy(() -> measure.restore(Arrays.copyOf(whole, length)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not whole");
        }
    }

    @Test
    void merge_ofPartsOneAfterTheOther_isTheWhole() {
        Random random = new Random(11);
        EnsembleMeasure part = new EnsembleMeasure(spec);
        EnsembleMeasure sum = new EnsembleMeasure(spec);
        for (int i = 0; i < 600; i++) {
            Feedback feedback = label(random.nextInt(2), random.nextDouble(), random.nextDouble(), random.nextDouble());
            measure.observe(feedback);
            part.observe(feedback);
            if (i % 150 == 149) {
                sum.merge(part);
                part = new EnsembleMeasure(spec);
            }
        }
        for (int i = 0; i < 4; i++) {
            Figures whole = measure.figures().get(i);
            Figures merged = sum.figures().get(i);
            assertThat(merged.count()).isEqualTo(whole.count());
            assertThat(merged.values().keySet())
                    .isEqualTo(whole.values().keySet())
                    .contains(Figure.KAPPA_TEMPORAL);
            whole.values()
                    .forEach((figure, value) ->
                            assertThat(merged.of(figure)).as(figure.label()).isCloseTo(value, within(1e-12)));
        }
    }

    private void assertSameFigures(EnsembleMeasure expected) {
        for (int i = 0; i < 4; i++) {
            Figures is = measure.figures().get(i);
            Figures should = expected.figures().get(i);
            assertThat(is.count()).isEqualTo(should.count());
            assertThat(new double[] {
                        is.answered(),
                        is.of(Figure.AVERAGE_PRECISION),
                        is.of(Figure.AUC),
                        is.of(Figure.LOG_LOSS),
                        is.of(Figure.BRIER)
                    })
                    .containsExactly(
                            new double[] {
                                should.answered(),
                                should.of(Figure.AVERAGE_PRECISION),
                                should.of(Figure.AUC),
                                should.of(Figure.LOG_LOSS),
                                should.of(Figure.BRIER)
                            },
                            within(1e-12));
        }
    }

    private static Feedback random(Random random) {
        double a = random.nextInt(5) == 0 ? NAN : random.nextDouble();
        double b = random.nextDouble();
        int label = random.nextInt(2);
        return random.nextInt(10) == 0
                ? feedback(Feedback.Kind.CORRECTION, label, 1 - label, 0.5, a, b)
                : label(label, random.nextDouble(), a, b);
    }

    private static Feedback label(double label, double fused, double... scores) {
        return feedback(Feedback.Kind.LABEL, label, NAN, fused, scores);
    }

    private static Feedback feedback(
            Feedback.Kind kind, double label, double previous, double fused, double... scores) {
        Scored scored = new Scored(0, null, fused, new String[] {"a", "b"}, scores, new double[0], null, 1, 1);
        return new Feedback(kind, "e", 0, label, previous, null, NAN, scored);
    }

    @Test
    void kappaTemporal_afterACorrection_keepsTheOrderInWhichLabelsCame() {
        int[] order = {0, 1, 0, 1, 1, 0};
        for (int each : order) {
            measure.observe(label(each, 0.6, 0.6, 0.6));
        }
        double before = measure.figures().get(2).of(Figure.KAPPA_TEMPORAL);
        measure.observe(feedback(Feedback.Kind.CORRECTION, 0, 1, 0.6, 0.6, 0.6));
        measure.observe(feedback(Feedback.Kind.CORRECTION, 1, 0, 0.6, 0.6, 0.6));

        assertThat(measure.figures().get(2).of(Figure.KAPPA_TEMPORAL)).isEqualTo(before);
    }

    @Test
    void restore_ofAnotherTaskOrQuantile_isRefusedWithWhatDiffers() {
        byte[] regression = new EnsembleMeasure(spec("task: regression")).snapshot();
        EnsembleMeasure median = new EnsembleMeasure(spec("task: quantile"));
        EnsembleMeasure high = new EnsembleMeasure(spec("task: quantile\nquantile: 0.9"));

        assertThatThrownBy(() -> median.restore(regression))
                .hasMessageContaining("of task regression, the spec's is quantile at 0.5");
        assertThatThrownBy(() -> high.restore(median.snapshot()))
                .hasMessageContaining("quantile at 0.5, the spec's is quantile at 0.9");
    }

    private static EnsembleSpec spec(String furtherLines) {
        return TestSpecs.of(List.of("a", "b"), furtherLines);
    }
}
