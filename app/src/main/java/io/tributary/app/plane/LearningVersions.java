package io.tributary.app.plane;

import io.tributary.app.metrics.RunMetrics;
import io.tributary.core.control.Control;
import io.tributary.core.control.Publications;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.scoring.ControlTopic;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learning plane of an ensemble, by the version of its spec that is committed: when another one is, it starts again
 * with that. What it has learned is kept; predictions and labels wait on their topics meanwhile.
 */
final class LearningVersions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LearningVersions.class);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final SchemaRegistry registry;
    private final LearningPlane.Settings settings;
    private final @Nullable RunMetrics metrics;
    private final Thread following;
    private volatile LearningPlane plane;
    private volatile EnsembleSpec spec;
    private volatile boolean open = true;
    private volatile @Nullable Throwable broken;

    private LearningVersions(
            EnsembleSpec spec, SchemaRegistry registry, LearningPlane.Settings settings, @Nullable RunMetrics metrics)
            throws InterruptedException {
        this.spec = spec;
        this.registry = registry;
        this.settings = settings;
        this.metrics = metrics;
        this.plane = started(spec);
        this.following = new Thread(this::follow, "learning-versions-" + spec.ensemble());
        following.setDaemon(true);
    }

    private LearningPlane started(EnsembleSpec version) throws InterruptedException {
        LearningPlane started = LearningPlane.start(version, registry, settings);
        if (metrics != null) {
            metrics.learning(started);
        }
        return started;
    }

    /**
     * Starts with a version; see {@link LearningPlane#start}.
     *
     * @param metrics what it tells Prometheus by; null for nothing
     */
    static LearningVersions start(
            EnsembleSpec spec, SchemaRegistry registry, LearningPlane.Settings settings, @Nullable RunMetrics metrics)
            throws InterruptedException {
        LearningVersions versions = new LearningVersions(spec, registry, settings, metrics);
        versions.following.start();
        return versions;
    }

    private void follow() {
        Publications publications = new Publications(spec.ensemble());
        try (ControlTopic control = new ControlTopic(spec)) {
            while (open) {
                for (Control said : control.read(GLANCE)) {
                    if (publications.take(said) == Publications.Change.COMMITTED && said.version() > spec.version()) {
                        use(Published.unpacked(Objects.requireNonNull(publications.committed()), spec));
                        publications.release();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            broken = e;
        }
    }

    private synchronized void use(EnsembleSpec committed) throws InterruptedException {
        if (!open || committed.version() <= spec.version()) {
            return;
        }
        LOG.info("the learning plane of {} goes on by version {}", spec.ensemble(), committed.version());
        plane.close();
        plane = started(committed);
        spec = committed;
    }

    void awaitRunning(Duration timeout) throws InterruptedException, TimeoutException {
        plane.awaitRunning(timeout);
    }

    @Nullable
    String queryAddress() {
        return plane.queryAddress();
    }

    /** What stopped it; null while it runs. */
    @Nullable
    Throwable failure() {
        return broken != null ? broken : plane.failure();
    }

    @Override
    public void close() {
        open = false;
        synchronized (this) {
            plane.close();
        }
        try {
            following.join(TIME_TO_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
