package io.tributary.scoring;

import io.tributary.core.member.MemberLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** What is counted of each member, by its name, whichever version of the spec has it. */
final class MemberMetrics {

    private final MetricGroup group;
    private final Supplier<Scorers> current;
    private final Map<String, Counter> missing = new HashMap<>();

    /** Metrics of the members that score at the moment. */
    MemberMetrics(MetricGroup group, Supplier<Scorers> current) {
        this.group = group;
        this.current = current;
    }

    /** What is said of models is of all members of the process, whatever job they are of. */
    void gauges(MemberLoader loader, boolean onGpu) {
        group.gauge("onGpu", () -> onGpu ? 1 : 0);
        MetricGroup models = group.addGroup("models");
        models.gauge("loaded", () -> loader.inUse().models());
        models.gauge("members", () -> loader.inUse().members());
        models.gauge("threads", () -> loader.inUse().threads());
    }

    /** The counters of missing answers, in the order of the members; made for those that are new. */
    Counter[] missingOf(Scorers scorers) {
        return scorers.spec().memberNames().stream()
                .map(name -> missing.computeIfAbsent(name, this::register))
                .toArray(Counter[]::new);
    }

    private Counter register(String name) {
        MetricGroup own = group.addGroup("member", name);
        own.gauge("lateAnswers", () -> {
            int member = memberOf(name);
            return member < 0 ? 0L : current.get().members().lateAnswers(member);
        });
        own.gauge("putAside", () -> {
            int member = memberOf(name);
            return member >= 0 && current.get().batching().isAside(member) ? 1 : 0;
        });
        return own.counter("missing", new SimpleCounter());
    }

    /** A version may be without it. */
    private int memberOf(String name) {
        return current.get().spec().memberNames().indexOf(name);
    }
}
