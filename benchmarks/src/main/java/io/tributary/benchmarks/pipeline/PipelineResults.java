package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.LineChart;
import io.tributary.benchmarks.report.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What pipelines have shown, repeat by repeat, and the tables and charts of it. */
final class PipelineResults {

    private static final String RATE = "rate";
    private static final double MEBI = 1 << 20;

    private final Map<Combination, Map<Contender, Samples>> samples = new LinkedHashMap<>();

    private Samples of(Combination combination, Contender contender) {
        return samples.computeIfAbsent(combination, c -> new EnumMap<>(Contender.class))
                .computeIfAbsent(contender, c -> new Samples());
    }

    /** Takes what a drain has shown. */
    void add(Combination combination, Contender contender, Measured measured) {
        Samples into = of(combination, contender);
        into.add(RATE, "records/s", measured.rate());
        into.add("CPU", "µs/record", measured.cpuMicros());
        into.add("compiling", "µs/record", measured.compilerMicros());
        into.add("allocated", "B/record", measured.allocated());
        into.add("peak memory", "MiB", measured.peakBytes() / MEBI);
        into.add("output", "B/record", measured.outputBytes());
    }

    /**
     * Takes a drain of Tributary beside what bounds it.
     *
     * @param passed the drain without scoring
     * @param rawMicros ONNX Runtime alone, microseconds of CPU a record
     * @return what they showed, for people
     */
    String addTributary(Combination combination, Measured whole, Measured passed, double rawMicros) {
        add(combination, Contender.TRIBUTARY, whole);
        Samples into = of(combination, Contender.TRIBUTARY);
        into.add("allocated by scoring", "B/record", whole.taskAllocated() - passed.taskAllocated());
        into.add("batch", "records", whole.batchSize());
        into.add("ONNX Runtime alone", "µs/record", rawMicros);
        double bound = (passed.cpuMicros() + rawMicros) / whole.cpuMicros();
        into.add(CaseResult.BOUND_RATIO, "", bound);
        return String.format(
                Locale.ROOT,
                "%,.0f records/s, %.1f µs/record; no scoring %.1f, ONNX Runtime alone %.1f; boundRatio %.2f",
                whole.rate(),
                whole.cpuMicros(),
                passed.cpuMicros(),
                rawMicros,
                bound);
    }

    /** A table a shape, the charts below the last. */
    List<CaseGroup> groups() {
        List<CaseGroup> groups = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            List<CaseResult> cases = new ArrayList<>();
            samples.forEach((combination, contenders) -> {
                if (combination.shape() == shape) {
                    contenders.forEach(
                            (contender, each) -> cases.add(result(combination, contender, each, contenders)));
                }
            });
            if (!cases.isEmpty()) {
                groups.add(new CaseGroup(shape.features() + " features a record", "", cases, charts(shape)));
            }
        }
        return groups;
    }

    /** Tributary's row also has its rate over that of the others. */
    private static CaseResult result(
            Combination combination, Contender contender, Samples of, Map<Contender, Samples> measured) {
        CaseResult own = of.result(combination.label() + ": " + contender.label());
        if (contender != Contender.TRIBUTARY) {
            return own;
        }
        List<Figure> figures = new ArrayList<>(own.figures());
        for (Contender alternative : Contender.alternatives()) {
            Optional.ofNullable(measured.get(alternative))
                    .flatMap(other -> other.figure(RATE))
                    .ifPresent(other -> figures.add(
                            own.figure(RATE).orElseThrow().over(other, "rate over " + alternative.label())));
        }
        return new CaseResult(own.name(), figures);
    }

    private List<LineChart> charts(Shape shape) {
        Predicate<Combination> ofShape = each -> each.shape() == shape;
        Predicate<Combination> batched = ofShape.and(each -> each.batch() == Combination.DEFAULT_BATCH);
        Predicate<Combination> few = ofShape.and(each -> each.members() == Combination.FEW);
        List<LineChart> charts = new ArrayList<>();
        add(charts, shape, "members", Combination::members, batched.and(each -> each.parallelism() == 1));
        add(charts, shape, "parallelism", Combination::parallelism, batched.and(few));
        add(charts, shape, "batch size", Combination::batch, few.and(each -> each.parallelism() == 1));
        return charts;
    }

    /** A line a pipeline; no chart unless something was varied. */
    private void add(
            List<LineChart> into,
            Shape shape,
            String varied,
            ToIntFunction<Combination> x,
            Predicate<Combination> wanted) {
        Map<Contender, List<LineChart.Point>> lines = new EnumMap<>(Contender.class);
        samples.entrySet().stream()
                .filter(each -> wanted.test(each.getKey()))
                .sorted((a, b) -> Integer.compare(x.applyAsInt(a.getKey()), x.applyAsInt(b.getKey())))
                .forEach(each -> each.getValue()
                        .forEach((contender, figures) -> figures.figure(RATE)
                                .ifPresent(rate -> lines.computeIfAbsent(contender, c -> new ArrayList<>())
                                        .add(new LineChart.Point(x.applyAsInt(each.getKey()), rate.median())))));
        if (lines.values().stream().anyMatch(points -> points.size() > 1)) {
            into.add(new LineChart(
                    shape.label() + "-" + varied.replace(' ', '-'),
                    "Throughput over " + varied + ", " + shape.features() + " features",
                    varied,
                    "records/s",
                    lines.entrySet().stream()
                            .map(line -> new LineChart.Series(line.getKey().label(), line.getValue()))
                            .toList()));
        }
    }
}
