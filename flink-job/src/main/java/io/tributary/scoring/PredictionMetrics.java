package io.tributary.scoring;

import io.tributary.core.Prediction;
import io.tributary.core.member.MissingReason;
import io.tributary.core.predict.Fused;
import io.tributary.core.spec.EnsembleSpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.jspecify.annotations.Nullable;

/** What became of events, counted where they are fused. Used by the task's thread alone. */
final class PredictionMetrics {

    private static final double MILLIS_A_SECOND = 1e3;

    private final PlaneMetrics metrics;
    private final Counter predictions;
    private final Counter degraded;
    private final Counter withheld;
    private final LatencyHistogram latency;
    private final Map<String, Map<String, Counter>> missing = new HashMap<>();
    private double deadlineSeconds;

    /** Registers all but what is told of each member. */
    PredictionMetrics(PlaneMetrics metrics, Gauge<Long> weightsVersion, Gauge<Integer> specVersion) {
        this.metrics = metrics;
        this.predictions = metrics.counter("predictions_total");
        this.degraded = metrics.counter("degraded_total");
        this.withheld = metrics.counter("withheld_total");
        this.latency = new LatencyHistogram(metrics, "latency_seconds");
        metrics.gauge("weights_version", weightsVersion);
        metrics.gauge("spec_version", specVersion);
        metrics.gauge("deadline_seconds", () -> deadlineSeconds);
    }

    /** From now on events are fused by the given version, whose members are known before one of them is missing. */
    void begin(EnsembleSpec spec) {
        deadlineSeconds = spec.deadline().toMillis() / MILLIS_A_SECOND;
        for (String member : spec.memberNames()) {
            for (MissingReason reason : MissingReason.values()) {
                missing(member, reason.label());
            }
        }
    }

    private Counter missing(String member, String reason) {
        return missing.computeIfAbsent(member, name -> new HashMap<>())
                .computeIfAbsent(
                        reason,
                        label -> metrics.with("member", member)
                                .with("reason", label)
                                .counter("member_missing_total"));
    }

    /** Counts what was fused of an event. */
    void count(Fused fused) {
        predictions.inc();
        if (fused.degraded()) {
            degraded.inc();
        }
        if (!fused.hasScore()) {
            withheld.inc();
        }
        Prediction.Latencies latencies = fused.latencies();
        if (latencies != null) {
            latency.add(latencies.totalMicros());
        }
        @Nullable String[] reasons = fused.missing();
        for (int k = 0; k < reasons.length; k++) {
            String reason = reasons[k];
            if (reason != null) {
                missing(fused.terms().members()[k], reason).inc();
            }
        }
    }
}
