package io.tributary.benchmarks.report;

import java.util.Arrays;
import java.util.List;

/**
 * Something that has been measured several times.
 *
 * @param name what, a heading of the table, such as {@code rate}
 * @param unit such as {@code records/s}; empty for a ratio
 * @param samples what was measured, at least one number, in the order of the repeats
 */
public record Figure(String name, String unit, List<Double> samples) {

    /** Copies and checks. */
    public Figure {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("figure " + name + " has no samples, must have at least one");
        }
    }

    /** A figure of given samples. */
    public static Figure of(String name, String unit, double... samples) {
        return new Figure(name, unit, Arrays.stream(samples).boxed().toList());
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    public double median() {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least. */
    public double min() {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The greatest. */
    public double max() {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /**
     * This one over another, repeat by repeat: what the machine did in a repeat did it to both.
     *
     * @throws IllegalArgumentException unless both have as many samples
     */
    public Figure over(Figure other, String ratioName) {
        if (samples.size() != other.samples.size()) {
            throw new IllegalArgumentException(name + " has " + samples.size() + " samples and " + other.name + " has "
                    + other.samples.size() + ", must be as many");
        }
        double[] ratios = new double[samples.size()];
        Arrays.setAll(ratios, i -> samples.get(i) / other.samples.get(i));
        return of(ratioName, "", ratios);
    }
}
