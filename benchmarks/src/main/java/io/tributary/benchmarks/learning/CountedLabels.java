package io.tributary.benchmarks.learning;

import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.SchemaRegistry;
import java.util.concurrent.TimeUnit;

/**
 * How many labels a learning plane has learned, by its own count. A label that met no prediction, or one that was labelled
 * before, is read but not learned, and the offsets do not tell.
 */
final class CountedLabels {

    /** The plane reports every second. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long GLANCE_MILLIS = 200;

    private final String ensemble;
    private final String topic;
    private final TopicDump dump;

    CountedLabels(EnsembleSpec spec, SchemaRegistry registry) {
        this.ensemble = spec.ensemble();
        this.topic = spec.topics().metrics();
        this.dump = new TopicDump(spec.kafka().bootstrap(), registry);
    }

    /**
     * Waits for the report of as many labels as were sent.
     *
     * @throws IllegalStateException if there are more or, after a minute, fewer
     */
    void require(long sent) throws InterruptedException {
        long begun = System.nanoTime();
        long counted = count();
        while (counted < sent && System.nanoTime() - begun < PATIENCE_NANOS) {
            Thread.sleep(GLANCE_MILLIS);
            counted = count();
        }
        check(ensemble, counted, sent);
    }

    static void check(String ensemble, long counted, long sent) {
        if (counted != sent) {
            throw new IllegalStateException("the learning plane of " + ensemble + " has learned " + counted
                    + " labels of " + sent + " that were sent, each for a prediction of its own: what was measured is"
                    + " not learning");
        }
    }

    private long count() {
        long[] most = {0};
        dump.read(topic, Codecs.METRICS, (Metrics report, long appended) -> {
            if (report.scope() == Metrics.Scope.CUMULATIVE) {
                most[0] = Math.max(most[0], report.labels());
            }
        });
        return most[0];
    }
}
