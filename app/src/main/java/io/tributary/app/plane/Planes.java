package io.tributary.app.plane;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.app.metrics.RunMetrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.learning.QueryAddressException;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scoring plane and the learning plane of one ensemble, or one of them, running in this process. */
public final class Planes implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final EnsembleSpec spec;
    private final @Nullable LearningVersions learning;
    private final @Nullable ScoringPlane scoring;

    /** Which of the planes run here. */
    public enum Which {
        /** Both. */
        BOTH,
        /** The scoring plane alone; the other runs elsewhere, or not at all. */
        SCORING,
        /** The learning plane alone, as beside a scoring plane on a Flink cluster. */
        LEARNING;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How they run.
     *
     * @param work the run's temporary folder
     * @param state where what is to outlast the run is kept; null for nothing
     * @param parallelism how many subtasks score
     * @param checkpointInterval how often the scoring plane saves its state
     * @param which which of them run
     * @param queries where the learning plane says in which record a prediction is; null for nowhere
     * @param metrics what they tell Prometheus by; null for nothing
     */
    public record Settings(
            WorkDirectory work,
            @Nullable Path state,
            int parallelism,
            Duration checkpointInterval,
            Which which,
            LearningPlane.@Nullable Queries queries,
            @Nullable RunMetrics metrics) {

        private static final Duration BRISK = Duration.ofMillis(500);

        /** Checks the values. */
        public Settings {
            if (parallelism < 1 || parallelism > 1024) {
                throw new UsageError("--parallelism is " + parallelism + ", must be from 1 to 1024");
            }
        }

        /** Without metrics. */
        public Settings(
                WorkDirectory work,
                @Nullable Path state,
                int parallelism,
                Duration checkpointInterval,
                Which which,
                LearningPlane.@Nullable Queries queries) {
            this(work, state, parallelism, checkpointInterval, which, queries, null);
        }

        /** For a run that somebody watches, and that keeps nothing. */
        public static Settings brisk(WorkDirectory work, int parallelism) {
            return new Settings(work, null, parallelism, BRISK, Which.BOTH, null);
        }

        /** The same, with metrics. */
        public Settings with(@Nullable RunMetrics told) {
            return new Settings(work, state, parallelism, checkpointInterval, which, queries, told);
        }
    }

    private Planes(EnsembleSpec spec, @Nullable LearningVersions learning, @Nullable ScoringPlane scoring) {
        this.spec = spec;
        this.learning = learning;
        this.scoring = scoring;
    }

    /**
     * Starts them; the topics exist.
     *
     * @throws UserError if queries cannot be answered where they should be, among others
     */
    public static Planes start(EnsembleSpec spec, Settings settings) {
        try {
            LearningVersions learning = settings.which() == Which.SCORING ? null : learning(spec, settings);
            try {
                return new Planes(spec, learning, settings.which() == Which.LEARNING ? null : scoring(spec, settings));
            } catch (RuntimeException | Error e) {
                if (learning != null) {
                    learning.close();
                }
                throw e;
            }
        } catch (QueryAddressException e) {
            throw new UserError(
                    e.getMessage() + "; end what listens there, or choose another place with --query-host and"
                            + " --query-port, 0 for any port that is free",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while the planes were starting", e);
        }
    }

    private static LearningVersions learning(EnsembleSpec spec, Settings settings) throws InterruptedException {
        Path kept = settings.state();
        Path streams = kept == null ? settings.work().folder("streams") : kept.resolve("streams");
        return LearningVersions.start(
                spec,
                new SchemaRegistry(spec.registry().url(), spec.registry().properties()),
                LearningPlane.Settings.in(streams).with(settings.queries()),
                settings.metrics());
    }

    private static ScoringPlane scoring(EnsembleSpec spec, Settings settings) {
        Path kept = settings.state();
        RunMetrics metrics = settings.metrics();
        return ScoringPlane.start(
                spec,
                settings.parallelism(),
                settings.checkpointInterval(),
                settings.work().folder("flink"),
                kept == null ? null : kept.resolve("checkpoints"),
                metrics == null ? null : metrics.flink());
    }

    /**
     * Waits until all run.
     *
     * @param progress told of each
     * @throws UserError if one fails or takes too long
     */
    public void awaitRunning(Consumer<String> progress) {
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        try {
            if (learning != null) {
                learning.awaitRunning(TIME_TO_START);
                String queries = learning.queryAddress();
                progress.accept("learning plane runs (Kafka Streams)"
                        + (queries == null ? "" : ", for tributary explain at http://" + queries));
            }
            if (scoring != null) {
                awaitRunning(scoring, deadline);
                progress.accept("scoring plane runs (Flink)");
            }
        } catch (TimeoutException e) {
            throw new UserError(
                    "the learning plane of " + spec.ensemble() + " does not run after " + TIME_TO_START.toSeconds()
                            + " s; run again with --verbose to see why",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while the planes were starting", e);
        }
    }

    private void awaitRunning(ScoringPlane plane, long deadline) throws InterruptedException {
        while (!plane.isRunning()) {
            failure().ifPresent(problem -> {
                throw new UserError(problem);
            });
            if (System.nanoTime() > deadline) {
                throw new UserError("the scoring plane of " + spec.ensemble() + " does not run after "
                        + TIME_TO_START.toSeconds() + " s; run again with --verbose to see why");
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    /** Where the learning plane that runs here says in which record a prediction is; empty if nowhere. */
    public Optional<String> queryAddress() {
        return Optional.ofNullable(learning).map(LearningVersions::queryAddress);
    }

    /** Why a plane has ended although nobody closed it; empty while they run, start, or start again after a failure. */
    public Optional<String> failure() {
        Throwable stopped = learning == null ? null : learning.failure();
        if (stopped != null) {
            return Optional.of(
                    "the learning plane of " + spec.ensemble() + " stopped: " + ScoringPlane.rootMessage(stopped));
        }
        return Optional.ofNullable(scoring)
                .flatMap(ScoringPlane::failure)
                .map(why -> "the scoring plane of " + spec.ensemble() + " stopped: " + why);
    }

    @Override
    public void close() {
        if (scoring != null) {
            scoring.close();
        }
        if (learning != null) {
            learning.close();
        }
    }
}
