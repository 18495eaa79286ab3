package io.tributary.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of one case as they come in, repeat by repeat. */
public final class Samples {

    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Takes a sample of a figure; see {@link Figure}. */
    public void add(String name, String unit, double value) {
        units.putIfAbsent(name, unit);
        values.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
    }

    /** A figure; empty if there is no sample of it. */
    public Optional<Figure> figure(String name) {
        return Optional.ofNullable(values.get(name)).map(each -> new Figure(name, units.getOrDefault(name, ""), each));
    }

    /** The case, its figures in the order in which they first came. */
    public CaseResult result(String caseName) {
        return new CaseResult(
                caseName,
                values.keySet().stream().flatMap(name -> figure(name).stream()).toList());
    }
}
