package io.tributary.benchmarks.latency;

import io.tributary.benchmarks.pipeline.Combination;
import io.tributary.benchmarks.pipeline.Contender;
import io.tributary.benchmarks.pipeline.Measured;
import io.tributary.benchmarks.pipeline.PipelineBench;
import io.tributary.benchmarks.pipeline.Shape;
import io.tributary.benchmarks.process.ChildJvm;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import io.tributary.core.spec.EnsembleSpec.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How long events wait for their predictions under a load that does not wait for them. */
public final class LatencySection implements Section {

    private static final Combination COMBINATION = new Combination(Shape.FRAUD, 3, 1, Combination.DEFAULT_BATCH);

    private static final List<Load> LOADS = List.of(
            new Load(0.1, Delivery.AT_LEAST_ONCE, false),
            new Load(0.5, Delivery.AT_LEAST_ONCE, false),
            new Load(0.8, Delivery.AT_LEAST_ONCE, false),
            new Load(0.5, Delivery.EXACTLY_ONCE, false),
            new Load(0.1, Delivery.AT_LEAST_ONCE, true));

    private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9, 99.99);
    private static final int SLEEP_MILLIS = 5_000;
    private static final int SECONDS = 300;
    private static final long DRAIN_MILLIS = 6_000;

    /** Those of the launcher. */
    private static final List<String> OPTIONS = List.of("-Xmx1g", "-XX:+UseParallelGC");

    private static final String NOTE = """
            Open loop: a producer in another process sends by its own clock and never waits for an answer. What an event
            waits is the time from its append by the broker to that of its prediction, both known to the millisecond;
            predictions are read when the load is over. *From due* begins when the event was due by the producer's clock: a
            producer or a broker that keeps events waiting is part of it, and all three share one clock. With exactly-once
            delivery it is the time until a consumer of committed records has the prediction, and checkpoints, which commit,
            are 5 s apart. The first ten seconds are not counted. *Operator* is what the operator that scores says of the same (every sixteenth prediction), from
            decode to fuse. *Producer behind* is how long after it was due an event was handed to the producer. 3 members
            on 30 features, parallelism 1, a heap of 1 GiB, the launcher's options; broker, plane and producer share the
            machine.

            The member that sleeps does so for 5 s on every hundredth batch, beside the other three; the deadline is 200 ms. A
            hundred batches take less time than that, so it sleeps nearly always and is put aside: most predictions are
            without it, and leave as early as those of the other three allow.
            """;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return "from an event's append to its prediction's, under a load that does not wait";
    }

    @Override
    public SectionResult run(Bench bench) throws Exception {
        int seconds = bench.settings().seconds().orElse(SECONDS);
        Measured drained = drain(bench);
        LoadBytes.require(wanted(bench), drained, COMBINATION.shape(), seconds, bench.folder("stack"));
        List<CaseResult> cases = measure(bench, drained.rate(), seconds);
        String title = String.format(
                Locale.ROOT,
                "%d s each; a filled topic was drained at %,.0f records/s just before",
                seconds,
                drained.rate());
        return new SectionResult(
                name(), "Latency under load", NOTE, List.of(new CaseGroup(title, "", cases, List.of())));
    }

    private static List<CaseResult> measure(Bench bench, double drained, int seconds) throws Exception {
        List<CaseResult> cases = new ArrayList<>();
        try (PipelineBench pipelines = new PipelineBench(bench, "latency");
                ChildJvm plain = bench.jvm("latency", OPTIONS)) {
            LoadRun loads = new LoadRun(pipelines, bench.stack(), COMBINATION);
            for (Load load : wanted(bench)) {
                bench.progress().doing(load.label());
                CaseResult result;
                if (load.sleeps()) {
                    try (ChildJvm sleeping = sleeping(bench)) {
                        result = result(load, load.share() * drained, loads, sleeping, seconds);
                    }
                } else {
                    result = result(load, load.share() * drained, loads, plain, seconds);
                }
                cases.add(result);
                bench.progress().done(load.label() + ": " + line(result));
            }
        }
        return cases;
    }

    private static List<Load> wanted(Bench bench) {
        return LOADS.stream()
                .filter(load -> bench.settings().wants(load.label()))
                .toList();
    }

    /** Twice, for the first time is a warm-up. What it takes of memory and disk is free again before the loads. */
    private static Measured drain(Bench bench) throws Exception {
        int records = COMBINATION.shape().records();
        try (PipelineBench pipelines = new PipelineBench(bench, "drain")) {
            pipelines.fill(COMBINATION.shape(), records);
            bench.progress().doing("how fast a filled topic is drained");
            pipelines.drain(Contender.TRIBUTARY, COMBINATION, 0, records, DRAIN_MILLIS);
            Measured drained = pipelines.drain(Contender.TRIBUTARY, COMBINATION, 0, records, DRAIN_MILLIS);
            bench.progress()
                    .done(String.format(Locale.ROOT, "a filled topic is drained at %,.0f records/s", drained.rate()));
            return drained;
        }
    }

    private static ChildJvm sleeping(Bench bench) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-D" + SleepingMemberFactory.PROPERTY + "=" + SLEEP_MILLIS);
        return bench.jvm("sleeping", options);
    }

    private static CaseResult result(Load load, double perSecond, LoadRun loads, ChildJvm plane, int seconds)
            throws Exception {
        LoadRun.Result run = loads.run(plane, load, perSecond, seconds);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("rate", "records/s", perSecond));
        figures.add(Figure.of("sent", "records/s", run.loop().sent() / run.seconds()));
        Histogram waits = run.answers().waitMillis();
        PERCENTILES.forEach(p -> figures.add(Figure.of(percentile(p), "ms", waits.getValueAtPercentile(p))));
        figures.add(Figure.of("most", "ms", waits.getMaxValue()));
        Histogram since = run.answers().waitMillis(run.loop()::dueMillis);
        PERCENTILES.forEach(
                p -> figures.add(Figure.of("from due " + percentile(p), "ms", since.getValueAtPercentile(p))));
        figures.add(Figure.of("from due, most", "ms", since.getMaxValue()));
        Histogram operator = run.answers().operatorMicros();
        PERCENTILES.forEach(
                p -> figures.add(Figure.of("operator " + percentile(p), "ms", operator.getValueAtPercentile(p) / 1e3)));
        Histogram behind = run.loop().behindMicros();
        figures.add(Figure.of("producer behind p99", "ms", behind.getValueAtPercentile(99) / 1e3));
        figures.add(Figure.of("at most", "ms", behind.getMaxValue() / 1e3));
        figures.add(Figure.of("answered twice", "records", run.answers().repeated()));
        figures.add(Figure.of("without a member", "%", 100 * run.answers().degraded()));
        return new CaseResult(load.label(), figures);
    }

    private static String percentile(double percent) {
        return percent == 50
                ? "median"
                : "p" + (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent));
    }

    private static String line(CaseResult result) {
        return String.format(
                Locale.ROOT,
                "median %.0f ms, p99 %.0f ms, p99.9 %.0f ms",
                median(result, "median"),
                median(result, "p99"),
                median(result, "p99.9"));
    }

    private static double median(CaseResult result, String figure) {
        return result.figure(figure).map(Figure::median).orElse(Double.NaN);
    }
}
