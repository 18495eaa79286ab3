package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the fold reports of its own accord: drift. */
class LearnedTest {

    private static final int RIGHT = 3000;
    private static final int WRONG = 2000;

    private final EnsembleSpec spec = Samples.spec();
    private final Random random = new Random(3);

    /** For a while one member is right, then it is wrong. */
    private List<Feedback> feedback() {
        List<Feedback> feedback = new ArrayList<>();
        for (int i = 0; i < RIGHT + WRONG; i++) {
            double label = random.nextInt(2);
            double right = label == 1 ? random.nextDouble(0.6, 0.9) : random.nextDouble(0.1, 0.4);
            Scored scored =
                    Scored.of(prediction("e" + i, i < RIGHT ? right : 1 - right, 0.5, random.nextDouble(0.4, 0.6)));
            feedback.add(new Feedback(
                    Feedback.Kind.LABEL, "e" + i, START.toEpochMilli(), label, Double.NaN, null, Double.NaN, scored));
        }
        return feedback;
    }

    private static List<Metrics> learn(Learned learned, List<Feedback> feedback) {
        List<Metrics> reports = new ArrayList<>();
        feedback.forEach(each -> learned.learn(each, START.toEpochMilli(), START.toEpochMilli(), reports::add));
        return reports;
    }

    @Test
    void memberThatTurnsWrong_raisesAlarmsAsReportsOfTheirOwn() {
        List<Metrics> alarmed = learn(new Learned(spec), feedback());

        assertThat(alarmed).isNotEmpty().allMatch(report -> report.scope() == Metrics.Scope.CUMULATIVE);
        assertThat(alarmed.get(0).version()).isBetween(RIGHT + 1L, RIGHT + 400L);
        assertThat(alarmed.get(0).figures()).hasSize(5);
        assertThat(alarmed)
                .flatMap(Metrics::alarms)
                .allMatch(alarm -> alarm.meanAfter() > alarm.meanBefore())
                .extracting(Metrics.Alarm::scorer)
                .contains("low", EnsembleMeasure.FUSED)
                .doesNotContain("middle", "high");
    }

    @Test
    void alarms_afterARestart_areTheSame() {
        List<Feedback> feedback = feedback();
        List<Metrics> undisturbed = learn(new Learned(spec), feedback);
        Learned first = new Learned(spec);
        List<Metrics> reports = learn(first, feedback.subList(0, RIGHT + 20));
        Learned second = new Learned(spec);
        second.restore(first.snapshot());
        reports.addAll(learn(second, feedback.subList(RIGHT + 20, feedback.size())));

        assertThat(reports).isEqualTo(undisturbed);
    }

    @Test
    void correction_isNoNewsOfTheWorld() {
        Learned learned = new Learned(spec);
        learn(learned, feedback().subList(0, RIGHT));
        Scored scored = Scored.of(prediction("late", 0.9, 0.5, 0.5));
        List<Metrics> reports = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            learned.learn(
                    new Feedback(
                            Feedback.Kind.CORRECTION, "late", START.toEpochMilli(), 0, 1, null, Double.NaN, scored),
                    START.toEpochMilli(),
                    START.toEpochMilli(),
                    reports::add);
        }

        assertThat(reports).isEmpty();
    }
}
