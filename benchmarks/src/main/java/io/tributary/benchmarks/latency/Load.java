package io.tributary.benchmarks.latency;

import io.tributary.core.spec.EnsembleSpec.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * A load to put on the scoring plane.
 *
 * @param share of the rate at which it drains a topic, in (0, 1)
 * @param delivery of the predictions
 * @param sleeps whether one member more sleeps for seconds on every hundredth batch
 */
record Load(double share, Delivery delivery, boolean sleeps) {

    /** The deadline where a member sleeps. */
    static final int DEADLINE_MILLIS = 200;

    private static final int WARM_UP_SECONDS = 10;

    private static final String SLEEPER = ", sleeper: {rules: [{when: f0 > 0, score: 0.5}], otherwise: 0.5}";

    /** What its case is called. */
    String label() {
        return Math.round(100 * share) + " % of the drain rate, "
                + delivery.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                + (sleeps ? ", a member that sleeps" : "");
    }

    /** How many events are sent before those that count, the first one left aside. */
    static int warmUp(double perSecond, int seconds) {
        return (int) (perSecond * Math.min(WARM_UP_SECONDS, seconds));
    }

    /** How many events are sent in all: one to see that the plane runs, the warm-up, and those that count. */
    static int events(double perSecond, int seconds) {
        return 1 + warmUp(perSecond, seconds) + (int) (perSecond * seconds);
    }

    /** What stands for it among a spec's members. */
    String members() {
        return sleeps ? SLEEPER : "";
    }

    /** What stands for it in a spec beside. */
    List<String> specLines() {
        List<String> lines = new ArrayList<>();
        lines.add("delivery: "
                + delivery.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        if (sleeps) {
            lines.add("deadline: " + DEADLINE_MILLIS + "ms");
        }
        return lines;
    }
}
