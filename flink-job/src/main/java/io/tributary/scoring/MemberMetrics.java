package io.tributary.scoring;

import io.tributary.core.member.MemberLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;

/** What is told of the members that score in one slot, each by its name, whichever version of the spec has it. */
final class MemberMetrics {

    private static final double MICROS_A_SECOND = 1e6;

    private final PlaneMetrics metrics;
    private final Supplier<Scorers> current;
    private final Map<String, Computing> computing = new HashMap<>();
    private final Counter batches;
    private final Counter batchedEvents;
    private Computing[] inOrder = {};

    /** How long a member has computed in all, on batches that it answered in time. */
    private static final class Computing implements Gauge<Double> {
        private long micros;

        @Override
        public Double getValue() {
            return micros / MICROS_A_SECOND;
        }
    }

    /**
     * Metrics of the members that score at the moment. What is said of models is of all members of the process, whatever
     * job they are of.
     */
    MemberMetrics(PlaneMetrics metrics, MemberLoader loader, boolean onGpu, Supplier<Scorers> current) {
        this.metrics = metrics;
        this.current = current;
        this.batches = metrics.counter("batches_total");
        this.batchedEvents = metrics.counter("batched_events_total");
        metrics.gauge("on_gpu", () -> onGpu ? 1 : 0);
        metrics.gauge("models_loaded", () -> loader.inUse().models());
        metrics.gauge("models_members", () -> loader.inUse().members());
        metrics.gauge("models_threads", () -> loader.inUse().threads());
    }

    /** Other members score from now on; what is told of new ones begins. */
    void use(Scorers scorers) {
        inOrder = scorers.spec().memberNames().stream()
                .map(name -> computing.computeIfAbsent(name, this::register))
                .toArray(Computing[]::new);
    }

    private Computing register(String name) {
        PlaneMetrics own = metrics.with("member", name);
        own.gauge("member_late_batches_total", () -> {
            Scorers now = current.get();
            int member = now.spec().memberNames().indexOf(name);
            return member < 0 ? 0L : now.members().lateAnswers(member);
        });
        own.gauge("member_put_aside", () -> {
            // A version may be without it, and another one may take over meanwhile.
            Scorers now = current.get();
            int member = now.spec().memberNames().indexOf(name);
            return member >= 0 && now.batching().isAside(member) ? 1 : 0;
        });
        Computing made = new Computing();
        own.gauge("member_seconds_total", made);
        return made;
    }

    /**
     * Counts a batch that has left.
     *
     * @param tookMicros how long each member computed on it; negative where it did not answer in time
     */
    void left(int events, long[] tookMicros) {
        batches.inc();
        batchedEvents.inc(events);
        for (int k = 0; k < tookMicros.length; k++) {
            inOrder[k].micros += Math.max(0, tookMicros[k]);
        }
    }
}
