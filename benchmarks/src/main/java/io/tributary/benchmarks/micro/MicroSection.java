package io.tributary.benchmarks.micro;

import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.Samples;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pieces that run for every event or label, one call at a time, by JMH. */
public final class MicroSection implements Section {

    private static final Fork.Stint WARM_UP = new Fork.Stint(4, 250);
    private static final Fork.Stint MEASURED = new Fork.Stint(5, 200);
    private static final String TIME = "time";

    private static final String NOTE = """
            By JMH, one thread. Each repeat gives each call a JVM of its own (512 MiB of heap, the parallel collector), which warms up
            for a second and then measures five times for 200 ms; repeats take turns through the calls. Median and range are over
            all of these iterations. Time is wall-clock time; bytes are what a call allocates on the heap. In a loop of one call,
            data are in the processor's caches and branches are foreseen: within a pipeline the same call takes longer.""";

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String about() {
        return "time and allocation of the pieces that run for every event, by JMH";
    }

    @Override
    public SectionResult run(Bench bench) {
        List<Calls> groups = Calls.all();
        List<Call> wanted = bench.settings()
                .chosen(
                        name(),
                        groups.stream().flatMap(each -> each.calls().stream()).toList(),
                        Call::label);
        Fork fork = new Fork(bench.folder(name()).resolve("jmh.log"), WARM_UP, MEASURED);
        Map<Call, Samples> samples = new LinkedHashMap<>();
        int repeats = bench.settings().repeats();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            for (Call call : wanted) {
                String round = "repeat " + repeat + " of " + repeats + ": " + call.label();
                bench.progress().doing(round);
                List<Fork.Iteration> iterations = fork.run(call);
                Samples into = samples.computeIfAbsent(call, each -> new Samples());
                iterations.forEach(each -> {
                    into.add(TIME, "ns/call", each.nanos());
                    into.add("allocated", "B/call", each.bytes());
                });
                bench.progress().done(String.format(Locale.ROOT, "%s: %,.1f ns", round, mean(iterations)));
            }
        }
        return new SectionResult(name(), "The pieces, one by one", NOTE, tables(groups, samples));
    }

    private static double mean(List<Fork.Iteration> iterations) {
        return iterations.stream().mapToDouble(Fork.Iteration::nanos).average().orElseThrow();
    }

    /** A row a call that was measured; no table without rows. */
    static List<CaseGroup> tables(List<Calls> groups, Map<Call, Samples> samples) {
        List<CaseGroup> tables = new ArrayList<>();
        for (Calls group : groups) {
            List<CaseResult> rows = new ArrayList<>();
            for (Call call : group.calls()) {
                Samples own = samples.get(call);
                if (own != null) {
                    rows.add(row(call, own, call.baseline() == null ? null : samples.get(call.baseline())));
                }
            }
            if (!rows.isEmpty()) {
                tables.add(new CaseGroup(group.title(), group.note(), rows, List.of()));
            }
        }
        return tables;
    }

    private static CaseResult row(Call call, Samples own, @Nullable Samples baseline) {
        CaseResult row = own.result(call.label());
        if (baseline == null) {
            return row;
        }
        List<Figure> figures = new ArrayList<>(row.figures());
        Figure time = own.figure(TIME).orElseThrow();
        figures.add(baseline.figure(TIME).orElseThrow().over(time, "ratio"));
        return new CaseResult(row.name(), figures);
    }
}
