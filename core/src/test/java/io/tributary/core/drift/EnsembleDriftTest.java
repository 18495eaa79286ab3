package io.tributary.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose losses rise for good, whichever task they are of. */
class EnsembleDriftTest {

    private static final int LABELS = 4000;
    private static final List<String> CLASSES = List.of("red", "green", "blue");
    private static final List<String> MEMBERS = List.of("steady", "failing");

    @Test
    void memberOfSeveralClasses_thatBeginsToErr_raisesAlarmsAlone() {
        EnsembleDrift drift =
                new EnsembleDrift(TestSpecs.ofClasses(MEMBERS, CLASSES, "").plan());
        Random random = new Random(3);
        Map<Integer, Integer> alarms = new TreeMap<>();
        for (int i = 0; i < LABELS; i++) {
            int truth = random.nextInt(3);
            double[] steady = answer(random.nextInt(10) < 8 ? truth : random.nextInt(3));
            double[] failing = answer((i < LABELS / 2) == (random.nextInt(10) < 9) ? truth : (truth + 1) % 3);
            double[] scores = {steady[0], steady[1], steady[2], failing[0], failing[1], failing[2]};
            Scored scored = new Scored(
                    0,
                    null,
                    0.8,
                    steady,
                    CLASSES.toArray(new String[0]),
                    MEMBERS.toArray(new String[0]),
                    scores,
                    new double[0],
                    null,
                    1,
                    1);
            drift.observe(
                    new Feedback(Feedback.Kind.LABEL, "e", i, truth, Double.NaN, null, Double.NaN, scored),
                    alarm -> alarms.merge(alarm.scorer(), 1, Integer::sum));
        }
        // The fused score was that of the steady one.
        assertThat(alarms).containsOnlyKeys(1);
    }

    /** However long it was right, the first error completing what its losses are measured against. */
    @ParameterizedTest
    @ValueSource(ints = {LossScale.REFERENCE - 1, LossScale.REFERENCE, LossScale.REFERENCE + 1, LABELS / 2})
    void memberThatWasAlwaysRight_andBeginsToErr_raisesAnAlarm(int right) {
        EnsembleDrift drift = new EnsembleDrift(TestSpecs.of("always").plan());
        List<DriftAlarm> alarms = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < LABELS; i++) {
            int truth = random.nextInt(2);
            double score = i < right || i > right && random.nextInt(3) == 0 ? truth : 1 - truth;
            Scored scored =
                    new Scored(0, null, 1, new String[] {"always"}, new double[] {score}, new double[0], null, 1, 1);
            drift.observe(
                    new Feedback(Feedback.Kind.LABEL, "e", i, truth, Double.NaN, null, Double.NaN, scored), alarm -> {
                        if (alarm.scorer() == 0) {
                            alarms.add(alarm);
                        }
                    });
        }
        assertThat(alarms).isNotEmpty();
        assertThat(alarms.get(0).meanAfter()).isGreaterThan(alarms.get(0).meanBefore());
    }

    private static double[] answer(int likeliest) {
        double[] answer = {0.1, 0.1, 0.1};
        answer[likeliest] = 0.8;
        return answer;
    }
}
