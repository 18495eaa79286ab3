package io.tributary.learning;

import io.tributary.core.Weights;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the learner tells of itself: the weights that it published last, and the alarms that it raised. */
final class LearnedMetrics {

    private static final String MEMBER = "member";

    private final Map<String, LongAdder> alarms = new HashMap<>();
    private volatile Weights weights;

    /**
     * Begins to tell.
     *
     * @param begun the weights that it begins with
     * @param learns whether feedback comes here at all: it is all in one partition, and who reads another has nothing to tell
     */
    LearnedMetrics(EnsembleSpec spec, NodeSensor sensor, Weights begun, boolean learns) {
        this.weights = begun;
        if (!learns) {
            return;
        }
        sensor.tell("weights-version", () -> weights.version());
        for (String member : spec.memberNames()) {
            sensor.tell("member-weight", Map.of(MEMBER, member), () -> weightOf(member));
            tellAlarms(member, sensor);
        }
        tellAlarms(EnsembleMeasure.FUSED, sensor);
    }

    private void tellAlarms(String scorer, NodeSensor sensor) {
        LongAdder count = new LongAdder();
        alarms.put(scorer, count);
        sensor.tell("drift-alarms" + Counters.TOTAL, Map.of(MEMBER, scorer), count::sum);
    }

    private double weightOf(String member) {
        Weights newest = weights;
        for (int k = 0; k < newest.members().length; k++) {
            if (newest.members()[k].equals(member)) {
                return newest.weight(k);
            }
        }
        return 0;
    }

    /** Takes the weights of all traffic that have been published. */
    void published(Weights newest) {
        weights = newest;
    }

    /** Counts the alarms of a report. */
    void reported(Metrics report) {
        for (Metrics.Alarm alarm : report.alarms()) {
            LongAdder count = alarms.get(alarm.scorer());
            if (count != null) {
                count.increment();
            }
        }
    }
}
