package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.app.metrics.FlinkMetrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import io.tributary.core.spec.Slots;
import io.tributary.scoring.ScoringJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scoring plane on a Flink MiniCluster in this process. */
public final class ScoringPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScoringPlane.class);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final JobClient job;
    private final CompletableFuture<?> end;

    private ScoringPlane(JobClient job) {
        this.job = job;
        this.end = job.getJobExecutionResult();
    }

    /**
     * Starts it.
     *
     * @param parallelism how many subtasks score
     * @param checkpointInterval how often state is saved
     * @param temporary a folder for what need not last
     * @param state a folder for checkpoints, from which a later start goes on; null to keep them in memory
     * @param metrics where Flink reports; null for nowhere
     * @throws UserError if a slot group needs a GPU and this machine has none, or Flink does not start
     */
    public static ScoringPlane start(
            EnsembleSpec spec,
            int parallelism,
            Duration checkpointInterval,
            Path temporary,
            @Nullable Path state,
            @Nullable FlinkMetrics metrics) {
        Set<Integer> gpus = MachineGpus.indices();
        EnsembleSpec settled = MachineGpus.settle(spec, gpus);
        MachineGpus.warning(spec, settled).ifPresent(LOG::warn);
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(48));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managedMemory(spec, parallelism));
        if (spec.slots().isApart()) {
            // What waits in buffers before a slot group waits for no member, and deadlines run on.
            configuration.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
            configuration.set(
                    TaskManagerOptions.BUFFER_DEBLOAT_TARGET, spec.deadline().dividedBy(4));
        }
        if (metrics != null) {
            metrics.configure(configuration);
        }
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        if (state != null) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString());
            configuration.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
            newestCheckpoint(state)
                    .ifPresent(newest -> configuration.set(
                            StateRecoveryOptions.SAVEPOINT_PATH, newest.toUri().toString()));
        }
        try {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
            ScoringJob.buildHere(env, settled, checkpointInterval, gpus);
            return new ScoringPlane(env.executeAsync(ScoringJob.name(spec)));
        } catch (Exception e) {
            throw new UserError("the scoring plane of " + spec.ensemble() + " did not start: " + rootMessage(e), e);
        }
    }

    /** What the slots are given in all, and a little where they are given nothing. */
    private static MemorySize managedMemory(EnsembleSpec spec, int parallelism) {
        Slots slots = spec.slots();
        long bytes = slots.pipeline() == null ? 0 : slots.pipeline().managedBytes();
        for (SlotGroup group : slots.groups()) {
            bytes += group.resources() == null ? 0 : group.resources().managedBytes();
        }
        return new MemorySize(Math.max(16L << 20, bytes * parallelism));
    }

    /** The newest complete checkpoint in a folder: one folder a job, and in it one a checkpoint. */
    private static Optional<Path> newestCheckpoint(Path state) {
        if (!Files.isDirectory(state)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(state, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(ScoringPlane::modified))
                    .map(Path::getParent);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints in " + state + " cannot be read", e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Why the plane has ended although nobody closed it.
     *
     * @return empty while it runs, starts, or starts again after a failure
     */
    public Optional<String> failure() {
        if (!end.isDone()) {
            return Optional.empty();
        }
        try {
            end.get();
            return Optional.of("its input has ended");
        } catch (ExecutionException e) {
            return Optional.of(rootMessage(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether all its tasks are running. */
    public boolean isRunning() {
        try {
            return !end.isDone() && job.getJobStatus().get(1, TimeUnit.SECONDS) == JobStatus.RUNNING;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message;
    }

    @Override
    public void close() {
        try {
            job.cancel().get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
            end.handle((result, failure) -> 0).get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.debug("while stopping the scoring plane", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
