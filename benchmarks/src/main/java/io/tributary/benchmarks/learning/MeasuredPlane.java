package io.tributary.benchmarks.learning;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Topics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A case's learning plane in this JVM, and what it has been given so far. */
final class MeasuredPlane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long GLANCE_MILLIS = 10;

    /** Those of this JVM, by name: they last from one task to the next. */
    private static final Map<String, MeasuredPlane> ALL = new HashMap<>();

    private final LearningCase what;
    private final EnsembleSpec spec;
    private final SchemaRegistry registry;
    private final Feeder feeder;
    private final Progressed progressed;
    private final CountedLabels counted;
    private final Path state;
    private @Nullable LearningPlane plane;
    private long predicted;
    private long labelled;
    private long labelledOld;

    /**
     * How long something took.
     *
     * @param seconds by the clock
     * @param cpuSeconds of this JVM, all threads
     */
    record Took(double seconds, double cpuSeconds) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    private MeasuredPlane(LearningCase what) throws IOException {
        this.what = what;
        this.spec = what.spec();
        this.registry = new SchemaRegistry(what.stack().registryUrl(), Map.of());
        this.feeder = new Feeder(what, spec, registry);
        this.progressed = new Progressed(spec);
        this.counted = new CountedLabels(spec, registry);
        this.state = Files.createTempDirectory("state");
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, registry, true, LearningCase.PARTITIONS);
        }
    }

    /** The plane of a case, whose topics are made when it is first asked for. */
    static MeasuredPlane of(LearningCase what) throws IOException {
        MeasuredPlane known = ALL.get(what.name());
        if (known == null) {
            known = new MeasuredPlane(what);
            ALL.put(what.name(), known);
        }
        return known;
    }

    /** Starts it and waits until it works; returns how many seconds that took. */
    double start() throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        plane = LearningPlane.start(spec, registry, LearningPlane.Settings.in(state));
        plane.awaitRunning(PATIENCE);
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Writes predictions while the plane does not run, starts it, and tells how long it takes to store them. */
    Took takeUp(long predictions) throws InterruptedException, ExecutionException, TimeoutException {
        close();
        feeder.predict(predicted, predicted + predictions);
        predicted += predictions;
        start();
        return await(() -> progressed.hasReadPredictions());
    }

    /**
     * Writes as many predictions and then as many outcomes, and tells how long the plane takes from when these are visible
     * until all have been learned. The outcomes are of events old and new at random, as many of either as there are.
     *
     * @throws IllegalStateException if the plane counts more labels than it was given so far, or does not count them all
     */
    Took learn(int outcomes) throws InterruptedException, ExecutionException {
        long old = predicted;
        predicted += outcomes;
        feeder.predict(old, predicted);
        await(() -> progressed.hasReadPredictions());
        boolean mostlyOld = what.pending() > outcomes;
        long first = mostlyOld ? labelledOld : old;
        long among = mostlyOld ? what.pending() : outcomes;
        long stride = stride(among);
        Map<TopicPartition, Long> ends =
                feeder.label(outcomes, i -> mostlyOld ? (first + i) * stride % among : first + i * stride % among);
        labelled += outcomes;
        labelledOld += mostlyOld ? outcomes : 0;
        Took took = await(() -> progressed.hasLearned(ends));
        counted.require(labelled);
        return took;
    }

    /** A step that meets each number below a bound once, in an order that has nothing to do with age. */
    private static long stride(long bound) {
        long step = Math.max(1, (long) (bound * 0.6180339887)) | 1;
        while (gcd(step, bound) != 1) {
            step += 2;
        }
        return step;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Whether something has come to pass. */
    private interface Condition {
        boolean holds() throws InterruptedException, ExecutionException;
    }

    private Took await(Condition condition) throws InterruptedException, ExecutionException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        while (!condition.holds()) {
            Throwable failure = plane == null ? null : plane.failure();
            if (failure != null) {
                throw new IllegalStateException("the learning plane of " + what.name() + " has failed", failure);
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("the learning plane of " + what.name() + " has not done within "
                        + PATIENCE.toMinutes() + " minutes what it was given");
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        return new Took((System.nanoTime() - begun) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    /** Closes it and starts it again; returns how many seconds the start took. */
    double startAgain(boolean stateLost) throws InterruptedException, TimeoutException, IOException {
        close();
        if (stateLost) {
            try (Stream<Path> all = Files.walk(state)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            Files.createDirectory(state);
        }
        return start();
    }

    /** How many bytes its state takes on disk. */
    long stateBytes() throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            return all.mapToLong(MeasuredPlane::size).sum();
        } catch (UncheckedIOException e) {
            // RocksDB deletes files meanwhile.
            return stateBytes();
        }
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (plane != null) {
            plane.close(PATIENCE);
            plane = null;
        }
    }
}
