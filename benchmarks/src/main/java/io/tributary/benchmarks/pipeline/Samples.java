package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of one case as they come in, repeat by repeat. */
final class Samples {

    private static final double MEBI = 1 << 20;

    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Takes a sample of a figure. */
    void add(String figure, String unit, double value) {
        units.putIfAbsent(figure, unit);
        values.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
    }

    /** Takes what a drain has shown. */
    void add(Measured measured) {
        add("rate", "records/s", measured.rate());
        add("cpu", "µs/record", measured.cpuMicros());
        add("allocated", "B/record", measured.allocated());
        add("peak memory", "MiB", measured.peakBytes() / MEBI);
        add("output", "B/record", measured.outputBytes());
    }

    /** The case. */
    CaseResult result(String name) {
        return new CaseResult(
                name,
                values.entrySet().stream()
                        .map(each -> new Figure(each.getKey(), units.getOrDefault(each.getKey(), ""), each.getValue()))
                        .toList());
    }
}
