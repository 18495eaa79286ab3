package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import io.tributary.benchmarks.section.Settings;
import java.util.List;

/** Whole pipelines from Kafka to Kafka, beside what bounds them and beside what one would write instead. */
public final class PipelineSection implements Section {

    private static final String NOTE = """
            A topic of Avro events is drained by one pipeline after the other, each kind in a warm JVM of its own (1 GiB of
            heap, the parallel collector); the broker and the registry run in a process of theirs. Every repeat takes all
            cases in turn, each time with another pipeline first (no scoring follows Tributary at once), and rounds before
            the first are not counted. A figure is over the time from when a quarter of a drain's outputs were appended to
            its last: the start of the job is left out. CPU is that of the measured process with all its threads but those
            that compile Java's byte code, whose share falls with the hours that a job runs and stands beside it; the peak
            memory is that of the process over all its cases so far. What scoring allocates, predictions among it, is what the
            task and the members' threads allocate beyond what the task without scoring does.

            `boundRatio` = (CPU of no scoring + CPU of ONNX Runtime alone on the same members at the same mean batch size) /
            CPU of the whole, repeat by repeat. No scoring reads the same records and writes records as large as the
            predictions. ONNX Runtime alone runs on one thread with direct buffers and tensors made once.
            """;

    private static final long DRAIN_MILLIS = 3_000;
    private static final long QUICK_MILLIS = 2_000;

    /** So often a pipeline has run before it is measured, in whatever combination: until then the JVM compiles. */
    private static final int WARM_UP_DRAINS = 3;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String about() {
        return "rates, CPU and memory from Kafka to Kafka, and their bound";
    }

    @Override
    public boolean isQuick() {
        return true;
    }

    @Override
    public SectionResult run(Bench bench) throws Exception {
        List<Combination> combinations = combinations(bench.settings());
        try (PipelineBench pipelines = new PipelineBench(bench, name())) {
            return new SectionResult(
                    name(),
                    "Whole pipelines",
                    NOTE,
                    measure(bench, pipelines, combinations).groups());
        }
    }

    private static PipelineResults measure(Bench bench, PipelineBench pipelines, List<Combination> combinations)
            throws Exception {
        Settings settings = bench.settings();
        for (Shape shape : Shape.values()) {
            if (combinations.stream().anyMatch(each -> each.shape() == shape)) {
                pipelines.fill(shape, shape.records());
            }
        }
        int warmUps = Math.max(1, WARM_UP_DRAINS / combinations.size());
        for (int i = 1; i <= warmUps; i++) {
            round(bench, pipelines, i, "warm-up " + i + " of " + warmUps, new PipelineResults(), combinations);
        }
        PipelineResults results = new PipelineResults();
        for (int i = 1; i <= settings.repeats(); i++) {
            round(bench, pipelines, i, "repeat " + i + " of " + settings.repeats(), results, combinations);
        }
        return results;
    }

    private static void round(
            Bench bench,
            PipelineBench pipelines,
            int turn,
            String name,
            PipelineResults into,
            List<Combination> combinations)
            throws Exception {
        for (Combination combination : combinations) {
            String round = name + ": " + combination.label();
            bench.progress().doing(round);
            bench.progress().done(round + ": " + measure(bench.settings(), pipelines, turn, combination, into));
        }
    }

    private static List<Combination> combinations(Settings settings) {
        if (settings.quick() && settings.cases() == null) {
            return List.of(Combination.quick());
        }
        return settings.chosen("pipeline", Combination.all(), Combination::label);
    }

    private static String measure(
            Settings settings, PipelineBench pipelines, int turn, Combination combination, PipelineResults into)
            throws Exception {
        long millis = settings.quick() ? QUICK_MILLIS : DRAIN_MILLIS;
        long records = combination.shape().records();
        String shown = "";
        for (Contender each : Contender.order(turn)) {
            Measured measured = pipelines.drain(each, combination, 0, records, millis);
            if (each != Contender.TRIBUTARY) {
                into.add(combination, each, measured);
                continue;
            }
            double raw = pipelines.rawMicros(combination, Math.max(1, (int) Math.round(measured.batchSize())));
            int outputBytes = (int) Math.round(measured.outputBytes());
            Measured passed = pipelines.drain(Contender.PASSTHROUGH, combination, outputBytes, records, millis);
            into.add(combination, Contender.PASSTHROUGH, passed);
            shown = into.addTributary(combination, measured, passed, raw);
        }
        return shown;
    }
}
