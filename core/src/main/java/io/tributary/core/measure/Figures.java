package io.tributary.core.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How good one scorer was over some labelled events.
 *
 * @param scorer a member's name, {@code fused} for the score that was emitted, or {@code uniform} for equal weights
 * @param count how many labelled events it scored
 * @param answered the share of all labelled events that it scored, in [0, 1]; NaN if there were none
 * @param values the figures that apply; one that has no value yet is left out
 * @param calibration how scores and shares of positives go together; empty for tasks that are not binary
 */
public record Figures(
        String scorer, long count, double answered, Map<Figure, Double> values, List<CalibrationBin> calibration) {

    /**
     * The events whose score lies in one tenth of [0, 1].
     *
     * @param meanScore the mean of their scores
     * @param positiveShare the share of positives among them
     * @param count how many there are, above 0
     */
    public record CalibrationBin(double meanScore, double positiveShare, long count) {}

    /** Keeps copies that cannot be changed, without the figures that are NaN. */
    public Figures {
        EnumMap<Figure, Double> kept = new EnumMap<>(Figure.class);
        values.forEach((figure, value) -> {
            if (!Double.isNaN(value)) {
                kept.put(figure, value);
            }
        });
        values = Collections.unmodifiableMap(kept);
        calibration = List.copyOf(calibration);
    }

    /** Of a scorer of which nothing is known. */
    public static Figures none(String scorer) {
        return new Figures(scorer, 0, Double.NaN, Map.of(), List.of());
    }

    /** A figure; NaN where it does not apply or has no value yet. */
    public double of(Figure figure) {
        return values.getOrDefault(figure, Double.NaN);
    }
}
