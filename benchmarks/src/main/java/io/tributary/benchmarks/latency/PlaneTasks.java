package io.tributary.benchmarks.latency;

import io.tributary.app.plane.ScoringPlane;
import io.tributary.benchmarks.process.ChildTask;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the scoring plane in the measured JVM as {@code tributary run} does, and stops it. */
final class PlaneTasks {

    private static @Nullable ScoringPlane running;

    private PlaneTasks() {}

    /**
     * Starts it, without waiting until it runs.
     *
     * @param specFile the ensemble's spec, whose topics exist
     */
    record Start(String specFile, Duration checkpoints) implements ChildTask<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() throws Exception {
            Path temporary = Files.createTempDirectory("plane");
            running = ScoringPlane.start(SpecParser.parse(Path.of(specFile)), 1, checkpoints, temporary, null, null);
            return true;
        }
    }

    /** Stops it; fails if it has ended before. */
    record Stop() implements ChildTask<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() {
            ScoringPlane plane = running;
            if (plane == null) {
                throw new IllegalStateException("no scoring plane runs");
            }
            running = null;
            Optional<String> failure = plane.failure();
            plane.close();
            failure.ifPresent(why -> {
                throw new IllegalStateException("the scoring plane has ended: " + why);
            });
            return true;
        }
    }
}
