package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.learning.QueryAddressException;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scoring plane and the learning plane of one ensemble, running in this process. */
public final class Planes implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final EnsembleSpec spec;
    private final LearningVersions learning;
    private final ScoringPlane scoring;

    /**
     * How they run.
     *
     * @param work the run's temporary folder
     * @param state where what is to outlast the run is kept; null for nothing
     * @param parallelism how many subtasks score
     * @param checkpointInterval how often the scoring plane saves its state
     * @param queries where the learning plane says in which record a prediction is; null for nowhere
     */
    public record Settings(
            WorkDirectory work,
            @Nullable Path state,
            int parallelism,
            Duration checkpointInterval,
            LearningPlane.@Nullable Queries queries) {

        private static final Duration BRISK = Duration.ofMillis(500);

        /** Checks the values. */
        public Settings {
            if (parallelism < 1 || parallelism > 1024) {
                throw new UserError("--parallelism is " + parallelism + ", must be from 1 to 1024");
            }
        }

        /** For a run that somebody watches, and that keeps nothing. */
        public static Settings brisk(WorkDirectory work, int parallelism) {
            return new Settings(work, null, parallelism, BRISK, null);
        }
    }

    private Planes(EnsembleSpec spec, LearningVersions learning, ScoringPlane scoring) {
        this.spec = spec;
        this.learning = learning;
        this.scoring = scoring;
    }

    /**
     * Starts both; the topics exist.
     *
     * @throws UserError if queries cannot be answered where they should be, among others
     */
    public static Planes start(EnsembleSpec spec, Settings settings) {
        Path kept = settings.state();
        Path streams = kept == null ? settings.work().folder("streams") : kept.resolve("streams");
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        try {
            LearningVersions learning = LearningVersions.start(
                    spec, registry, LearningPlane.Settings.in(streams).with(settings.queries()));
            try {
                ScoringPlane scoring = ScoringPlane.start(
                        spec,
                        settings.parallelism(),
                        settings.checkpointInterval(),
                        settings.work().folder("flink"),
                        kept == null ? null : kept.resolve("checkpoints"));
                return new Planes(spec, learning, scoring);
            } catch (RuntimeException | Error e) {
                learning.close();
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

    /**
     * Waits until both run.
     *
     * @param progress told of each
     * @throws UserError if one fails or takes too long
     */
    public void awaitRunning(Consumer<String> progress) {
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        try {
            learning.awaitRunning(TIME_TO_START);
            String queries = learning.queryAddress();
            progress.accept("learning plane runs (Kafka Streams)"
                    + (queries == null ? "" : ", for tributary explain at http://" + queries));
            while (!scoring.isRunning()) {
                failure().ifPresent(problem -> {
                    throw new UserError(problem);
                });
                if (System.nanoTime() > deadline) {
                    throw new UserError("the scoring plane of " + spec.ensemble() + " does not run after "
                            + TIME_TO_START.toSeconds() + " s; run again with --verbose to see why");
                }
                Thread.sleep(GLANCE.toMillis());
            }
            progress.accept("scoring plane runs (Flink)");
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

    /** Why a plane has ended although nobody closed it; empty while both run, start, or start again after a failure. */
    public Optional<String> failure() {
        Throwable stopped = learning.failure();
        if (stopped != null) {
            return Optional.of(
                    "the learning plane of " + spec.ensemble() + " stopped: " + ScoringPlane.rootMessage(stopped));
        }
        return scoring.failure().map(why -> "the scoring plane of " + spec.ensemble() + " stopped: " + why);
    }

    @Override
    public void close() {
        scoring.close();
        learning.close();
    }
}
