package io.tributary.benchmarks.learning;

import io.tributary.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers of one kind, gathered. */
final class Samples {

    private final List<Double> numbers = new ArrayList<>();

    void add(double number) {
        numbers.add(number);
    }

    double[] toArray() {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    Figure figure(String name, String unit) {
        return new Figure(name, unit, numbers);
    }

    /** The least number that a share of all do not exceed. */
    static double quantile(double[] numbers, double share) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    }
}
