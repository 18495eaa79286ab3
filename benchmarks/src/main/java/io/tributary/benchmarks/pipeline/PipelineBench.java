package io.tributary.benchmarks.pipeline;

import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Topics;
import io.tributary.benchmarks.process.ChildJvm;
import io.tributary.benchmarks.process.StackProcess;
import io.tributary.benchmarks.section.Bench;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where pipelines are measured: the topics of events, and a warm JVM for each contender, as each would have in use, that
 * runs its cases one after the other. JVMs and events go when it is closed.
 */
public final class PipelineBench implements AutoCloseable {

    /** As many as the highest parallelism, for all cases, so that all read and write the same topics. */
    public static final int PARTITIONS = 2;

    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", CompilerTime.KEPT);
    private static final long RAW_MILLIS = 600;

    private final Bench bench;
    private final String section;
    private final StackProcess.Addresses stack;
    private final Map<Contender, ChildJvm> jvms = new EnumMap<>(Contender.class);
    private @Nullable ChildJvm raw;
    private final Set<Shape> filled = EnumSet.noneOf(Shape.class);
    private int runs;

    /**
     * Starts the broker; JVMs are started as they are needed.
     *
     * @param section who measures: part of the names of topics and ensembles, which no other section shares
     */
    public PipelineBench(Bench bench, String section) {
        this.bench = bench;
        this.section = section;
        this.stack = bench.stack();
    }

    /** Fills the topic of a shape's events, unless it is. */
    public void fill(Shape shape, int records) throws ExecutionException, InterruptedException {
        if (filled.add(shape)) {
            bench.progress().doing("filling a topic with " + records + " events of shape " + shape.label());
            EventTopic.fill(stack, shape, input(shape), PARTITIONS, records);
        }
    }

    private String input(Shape shape) {
        return "bench." + section + "." + shape.label();
    }

    /**
     * Runs a pipeline over a shape's events.
     *
     * @param outputBytes how large the outputs of the pipeline without scoring are; 0 for others
     * @param records after how many outputs to stop
     * @param millis how long after the first output to stop, whatever is left
     */
    public Measured drain(Contender contender, Combination combination, int outputBytes, long records, long millis)
            throws IOException, ExecutionException, InterruptedException {
        EnsembleSpec spec = prepare(combination);
        PipelineCase what = new PipelineCase(
                contender,
                combination.shape(),
                models(combination).stream().map(Path::toString).toList(),
                combination.parallelism(),
                combination.batch(),
                stack.bootstrap(),
                stack.registryUrl(),
                input(combination.shape()),
                spec.topics().predictions(),
                spec.file().toString(),
                outputBytes);
        try (RunTopics written = written(spec)) {
            Drain.Result spent = jvm(contender).call(new Drain(what, records, millis));
            return Measured.of(spent, Outputs.read(what));
        }
    }

    private ChildJvm jvm(Contender contender) {
        return jvms.computeIfAbsent(contender, each -> bench.jvm(each.name().toLowerCase(Locale.ROOT), OPTIONS));
    }

    /** What ONNX Runtime alone costs on the same members, in microseconds of CPU a record, over all members. */
    double rawMicros(Combination combination, int batch) throws IOException {
        Shape shape = combination.shape();
        List<String> files = models(combination).stream().map(Path::toString).toList();
        if (raw == null) {
            raw = bench.jvm("raw", OPTIONS);
        }
        return raw.call(new RawScoring(files, shape.features(), shape.classes(), batch, RAW_MILLIS)) / 1000;
    }

    /** The models of a combination's members, a file each. */
    public List<Path> models(Combination combination) throws IOException {
        Path folder = bench.folder("models");
        return ModelCopies.write(
                combination.shape(), combination.members(), bench.home().resolve("models"), folder);
    }

    /** Every run is an ensemble of its own: it begins at the beginning, and its topics are empty. */
    private EnsembleSpec prepare(Combination combination) throws IOException {
        String ensemble = "bench-" + section + "-" + ++runs;
        return prepare(
                new SpecText(ensemble, combination.shape(), input(combination.shape()), combination.batch(), ""),
                combination);
    }

    /** Writes a spec with a combination's members and makes its topics. */
    public EnsembleSpec prepare(SpecText text, Combination combination) throws IOException {
        EnsembleSpec spec = text.write(bench.folder("specs"), stack, models(combination));
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, new SchemaRegistry(stack.registryUrl(), Map.of()), true, PARTITIONS);
        }
        return spec;
    }

    /** The topics that an ensemble's planes write much to. */
    public RunTopics written(EnsembleSpec spec) {
        EnsembleSpec.Topics topics = spec.topics();
        return new RunTopics(
                stack.bootstrap(),
                List.of(topics.predictions(), topics.feedback(), topics.metrics(), topics.deadLetters()));
    }

    /** Ends the JVMs and deletes the events: neither memory nor disk is taken from what is measured next. */
    @Override
    public void close() {
        jvms.values().forEach(ChildJvm::close);
        if (raw != null) {
            raw.close();
        }
        new RunTopics(stack.bootstrap(), filled.stream().map(this::input).toList()).close();
    }
}
