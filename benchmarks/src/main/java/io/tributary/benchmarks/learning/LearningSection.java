package io.tributary.benchmarks.learning;

import io.tributary.benchmarks.process.ChildJvm;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.LineChart;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The learning plane under load and with much that waits. */
public final class LearningSection implements Section {

    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
    private static final String RATE = "outcomes";
    private static final String DELAYS = "1,000 events and 200 outcomes a second";

    private static final String NOTE = """
            Eight members, the default learner, outcomes copartitioned over two partitions, two threads, commits every 100 ms
            (exactly-once); ids are UUIDs and scores floats. The plane runs in a JVM of its own (1 GiB of heap, the parallel
            collector), the broker and the registry in another, on the same cores.

            A repeat writes as many new predictions and then that many outcomes to each case, all visible at once, and
            measures until the last has been joined and learned, as many as the plane itself counts. Outcomes are of events old and new in an order that has
            nothing to do with age. Repeats take turns through the cases, and a round before the first is not counted. Labels
            that were joined stay stored for corrections, as in any running plane. The CPU time is that of the plane's
            process alone. The operating system's cache may hold the state's files.
            """;

    private static final String STATE_NOTE = """
            What predictions that wait cost: bytes on disk, all stores together, as the plane leaves them by itself; how fast a
            plane stores predictions that were written before it started; and how long it takes to start again, with its
            files and with all of them lost, when it reads its state back from the broker.
            """;

    private static final String DELAY_NOTE = """
            Both planes under a steady load of 1,000 events and 200 outcomes a second, weights published every second, commits
            every 100 ms: from an outcome's append to the append of the first weights that have learned from it, and to that
            of the first prediction that was fused with such weights. One number an outcome; the load's first five seconds
            are left out.
            """;

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public String about() {
        return "labels joined and learned a second, what waiting predictions cost, and when weights are used";
    }

    @Override
    public SectionResult run(Bench bench) throws Exception {
        LearningSizes sizes = LearningSizes.of(bench.settings());
        List<CaseGroup> groups = new ArrayList<>();
        List<LearningCase> cases = cases(bench, sizes);
        cases.forEach(each -> each.requireUnlabelled(bench.settings().repeats(), sizes.outcomes()));
        if (!cases.isEmpty()) {
            groups.addAll(learn(bench, cases, sizes.outcomes()));
        }
        if (bench.settings().wants(DELAYS)) {
            groups.add(new CaseGroup("Until weights are used", DELAY_NOTE, List.of(delay(bench, sizes)), List.of()));
        }
        return new SectionResult(name(), "The learning plane", NOTE, groups);
    }

    private static List<CaseGroup> learn(Bench bench, List<LearningCase> cases, int outcomes) {
        try (ChildJvm jvm = bench.jvm("learning", OPTIONS)) {
            List<CaseResult> stored = new ArrayList<>();
            for (LearningCase each : cases) {
                if (each.pending() > 0) {
                    stored.add(store(bench, jvm, each));
                } else {
                    jvm.call(new PlaneTask<>(each, MeasuredPlane::start));
                }
            }
            Map<LearningCase, CaseResult> rates = rates(bench, jvm, cases, outcomes);
            return Stream.of(
                            group(rates, each -> each.segments() == 0, "pending", LearningCase::pending),
                            group(rates, each -> each.segments() > 0, "segments", LearningCase::segments),
                            new CaseGroup("Predictions that wait", STATE_NOTE, stored, List.of()))
                    .filter(group -> !group.cases().isEmpty())
                    .toList();
        }
    }

    private static List<LearningCase> cases(Bench bench, LearningSizes sizes) {
        List<LearningCase> all = new ArrayList<>();
        for (long pending : sizes.pending()) {
            all.add(new LearningCase("bench-learning-" + all.size(), pending, 0, bench.stack()));
        }
        for (int segments : sizes.segments()) {
            all.add(new LearningCase("bench-learning-" + all.size(), 0, segments, bench.stack()));
        }
        return all.stream().filter(each -> bench.settings().wants(each.label())).toList();
    }

    /** Has a case's plane store predictions that wait, and tells what they cost. */
    private static CaseResult store(Bench bench, ChildJvm jvm, LearningCase what) {
        bench.progress().doing("storing predictions: " + what.label());
        long pending = what.pending();
        MeasuredPlane.Took took = jvm.call(new PlaneTask<>(what, plane -> plane.takeUp(pending)));
        double start = jvm.call(new PlaneTask<>(what, plane -> plane.startAgain(false)));
        // Only now has it written everything that it held in memory.
        double bytes = jvm.call(new PlaneTask<>(what, MeasuredPlane::stateBytes)) / (double) pending;
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("state", "B/prediction", bytes),
                Figure.of("stored", "predictions/s", pending / took.seconds()),
                Figure.of("CPU", "µs/prediction", 1e6 * took.cpuSeconds() / pending),
                Figure.of("start", "s", start)));
        if (pending <= LearningSizes.MOST_RESTORED) {
            double restored = jvm.call(new PlaneTask<>(what, plane -> plane.startAgain(true)));
            figures.add(Figure.of("start without files", "s", restored));
        }
        bench.progress()
                .done(String.format(
                        Locale.ROOT,
                        "%s: %.0f B a prediction, %,.0f stored a second, started in %.1f s",
                        what.label(),
                        bytes,
                        pending / took.seconds(),
                        start));
        return new CaseResult(what.label(), figures);
    }

    private static Map<LearningCase, CaseResult> rates(
            Bench bench, ChildJvm jvm, List<LearningCase> cases, int outcomes) {
        Map<LearningCase, Samples> rates = new LinkedHashMap<>();
        Map<LearningCase, Samples> cpu = new LinkedHashMap<>();
        for (int repeat = 0; repeat <= bench.settings().repeats(); repeat++) {
            String round = repeat == 0
                    ? "warm-up"
                    : "repeat " + repeat + " of " + bench.settings().repeats();
            for (LearningCase each : cases) {
                bench.progress().doing(round + ": " + each.label());
                MeasuredPlane.Took took = jvm.call(new PlaneTask<>(each, plane -> plane.learn(outcomes)));
                double rate = outcomes / took.seconds();
                double micros = 1e6 * took.cpuSeconds() / outcomes;
                if (repeat > 0) {
                    rates.computeIfAbsent(each, c -> new Samples()).add(rate);
                    cpu.computeIfAbsent(each, c -> new Samples()).add(micros);
                }
                bench.progress()
                        .done(String.format(
                                Locale.ROOT,
                                "%s: %s: %,.0f outcomes/s, %.1f µs/outcome",
                                round,
                                each.label(),
                                rate,
                                micros));
            }
        }
        Map<LearningCase, CaseResult> results = new LinkedHashMap<>();
        Samples base = rates.get(cases.get(0));
        boolean isBase = cases.get(0).label().equals(LearningCase.NONE_PENDING);
        rates.forEach((each, samples) -> {
            List<Figure> figures = new ArrayList<>();
            figures.add(samples.figure(RATE, "outcomes/s"));
            figures.add(cpu.getOrDefault(each, samples).figure("CPU", "µs/outcome"));
            if (isBase && base != null) {
                figures.add(figures.get(0).over(base.figure(RATE, ""), "of the rate at none pending"));
            }
            results.put(each, new CaseResult(each.label(), figures));
        });
        return results;
    }

    /** What cases differ by. */
    private interface Axis {
        double of(LearningCase what);
    }

    private static CaseGroup group(
            Map<LearningCase, CaseResult> results, Predicate<LearningCase> wanted, String over, Axis axis) {
        List<CaseResult> rows = new ArrayList<>();
        List<LineChart.Point> points = new ArrayList<>();
        results.forEach((each, result) -> {
            if (wanted.test(each)) {
                rows.add(result);
                double rate = result.figure(RATE).orElseThrow().median();
                points.add(new LineChart.Point(axis.of(each), rate));
            }
        });
        String title = "Labels joined and learned over " + over;
        LineChart chart =
                new LineChart(over, title, over, "outcomes/s", List.of(new LineChart.Series("8 members", points)));
        return new CaseGroup(title, "", rows, points.isEmpty() ? List.of() : List.of(chart));
    }

    private static CaseResult delay(Bench bench, LearningSizes sizes) {
        bench.progress().doing("both planes under a steady load");
        LearningCase what = new LearningCase("bench-delays", 0, 0, bench.stack());
        try (ChildJvm jvm = bench.jvm("delays", OPTIONS)) {
            Delays.Result delays = jvm.call(new Delays(what, sizes.delaySeconds()));
            bench.progress()
                    .done(String.format(
                            Locale.ROOT,
                            "an outcome is in the weights after %.0f ms and used after %.0f ms, 99 of 100",
                            Samples.quantile(delays.toWeights(), 0.99),
                            Samples.quantile(delays.toPrediction(), 0.99)));
            return new CaseResult(
                    DELAYS,
                    List.of(
                            Figure.of("weights p50", "ms", Samples.quantile(delays.toWeights(), 0.5)),
                            Figure.of("weights p99", "ms", Samples.quantile(delays.toWeights(), 0.99)),
                            Figure.of("prediction p50", "ms", Samples.quantile(delays.toPrediction(), 0.5)),
                            Figure.of("prediction p99", "ms", Samples.quantile(delays.toPrediction(), 0.99)),
                            Figure.of("outcomes", "", delays.toWeights().length)));
        }
    }
}
