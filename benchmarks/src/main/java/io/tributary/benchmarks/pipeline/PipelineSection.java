package io.tributary.benchmarks.pipeline;

import io.tributary.app.UserError;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import io.tributary.benchmarks.section.Settings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Whole pipelines from Kafka to Kafka, beside what bounds them and beside what one would write instead. */
public final class PipelineSection implements Section {

    private static final String NOTE = """
            A topic of Avro events is drained by one pipeline after the other, in one warm JVM (1 GiB of heap, the parallel
            collector); the broker and the registry run in a process of their own. Every repeat takes all cases in turn, and
            a round before the first is not counted. A figure is over the time from when a quarter of a drain's outputs were
            appended to its last: the start of the job and what compiles first are left out. CPU is that of the measured
            process with all its threads; the peak memory is the process's, which others warmed up before.

            `boundRatio` = (CPU of no scoring + CPU of ONNX Runtime alone on the same members at the same mean batch size) /
            CPU of the whole, repeat by repeat. No scoring reads the same records and writes records as large as the
            predictions. ONNX Runtime alone runs on one thread with direct buffers and tensors made once.
            """;

    private static final long DRAIN_MILLIS = 3_000;
    private static final long WARM_UP_MILLIS = 2_000;
    private static final List<Integer> BATCHES = List.of(1, 8, 32, 128);
    private static final List<Integer> MEMBERS = List.of(1, 3, 8, 16);

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String about() {
        return "rate, CPU and allocation from Kafka to Kafka, beside the bound and beside what one would write instead";
    }

    @Override
    public boolean isQuick() {
        return true;
    }

    @Override
    public SectionResult run(Bench bench) throws Exception {
        List<Combination> combinations = combinations(bench.settings());
        PipelineBench pipelines = new PipelineBench(bench);
        Map<Combination, Map<Contender, Samples>> samples = new LinkedHashMap<>();
        for (int repeat = 0; repeat <= bench.settings().repeats(); repeat++) {
            boolean warmUp = repeat == 0;
            for (Combination combination : combinations) {
                pipelines.fill(combination.shape(), combination.shape().records());
                String round = warmUp
                        ? "warm-up"
                        : "repeat " + repeat + " of " + bench.settings().repeats();
                bench.progress().doing(round + ": " + combination.label());
                Map<Contender, Samples> into = new EnumMap<>(Contender.class);
                Map<Contender, Samples> kept =
                        samples.computeIfAbsent(combination, c -> new EnumMap<>(Contender.class));
                String line = measure(pipelines, combination, warmUp ? into : kept, warmUp);
                bench.progress().done(round + ": " + combination.label() + ": " + line);
            }
        }
        List<CaseResult> cases = new ArrayList<>();
        samples.forEach((combination, byContender) -> byContender.forEach(
                (contender, each) -> cases.add(each.result(combination.label() + ": " + contender.label()))));
        return new SectionResult(
                name(), "Whole pipelines", NOTE, List.of(new CaseGroup("From Kafka to Kafka", "", cases, List.of())));
    }

    private static List<Combination> combinations(Settings settings) {
        List<Combination> all = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int parallelism : List.of(1, 2)) {
                MEMBERS.forEach(k -> all.add(new Combination(shape, k, parallelism, Combination.DEFAULT_BATCH)));
            }
            BATCHES.forEach(batch -> all.add(new Combination(shape, 3, 1, batch)));
        }
        if (settings.quick() && settings.cases() == null) {
            return List.of(new Combination(Shape.FRAUD, 3, 1, Combination.DEFAULT_BATCH));
        }
        List<Combination> wanted =
                all.stream().filter(each -> settings.wants(each.label())).toList();
        if (wanted.isEmpty()) {
            throw new UserError(
                    "--cases is '" + settings.cases() + "', which is in no name of a pipeline's case; those are "
                            + all.stream().map(Combination::label).collect(Collectors.joining("; ")));
        }
        return wanted;
    }

    private static String measure(
            PipelineBench pipelines, Combination combination, Map<Contender, Samples> into, boolean warmUp)
            throws Exception {
        long millis = warmUp ? WARM_UP_MILLIS : DRAIN_MILLIS;
        long records = combination.shape().records();
        Measured whole = pipelines.drain(Contender.TRIBUTARY, combination, 0, records, millis);
        double raw = pipelines.rawMicros(combination, Math.max(1, (int) Math.round(whole.batchSize())));
        Measured passed = pipelines.drain(
                Contender.PASSTHROUGH, combination, (int) Math.round(whole.outputBytes()), records, millis);
        Samples tributary = into.computeIfAbsent(Contender.TRIBUTARY, c -> new Samples());
        tributary.add(whole);
        tributary.add("of scoring", "B/record", whole.scoringAllocated());
        tributary.add("of decoding", "B/record", whole.decodingAllocated());
        tributary.add("batch", "records", whole.batchSize());
        tributary.add("ONNX Runtime alone", "µs/record", raw);
        double bound = (passed.cpuMicros() + raw) / whole.cpuMicros();
        tributary.add(CaseResult.BOUND_RATIO, "", bound);
        into.computeIfAbsent(Contender.PASSTHROUGH, c -> new Samples()).add(passed);
        return String.format(
                Locale.ROOT,
                "%,.0f records/s, %.1f µs/record; no scoring %.1f, ONNX Runtime alone %.1f; boundRatio %.2f",
                whole.rate(),
                whole.cpuMicros(),
                passed.cpuMicros(),
                raw,
                bound);
    }
}
