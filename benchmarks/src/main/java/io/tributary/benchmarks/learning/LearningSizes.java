package io.tributary.benchmarks.learning;

import io.tributary.benchmarks.section.Settings;
import java.util.List;

/**
 * How much is measured.
 *
 * @param pending how many predictions wait, a case each
 * @param segments how many segments there are, a case each
 * @param outcomes how many a repeat
 * @param delaySeconds for how long both planes run
 */
record LearningSizes(List<Long> pending, List<Integer> segments, int outcomes, int delaySeconds) {

    /** To read more back from the broker takes minutes, and as long a prediction as for these. */
    static final long MOST_RESTORED = 1_000_000;

    static LearningSizes of(Settings settings) {
        return settings.quick()
                ? new LearningSizes(List.of(0L, 200_000L), List.of(1, 100), 50_000, 15)
                : new LearningSizes(List.of(0L, 1_000_000L, 10_000_000L), List.of(1, 100, 10_000), 100_000, 60);
    }
}
