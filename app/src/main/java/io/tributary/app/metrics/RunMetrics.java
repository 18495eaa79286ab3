package io.tributary.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.learning.LearningPlane;
import io.tributary.learning.Told;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a run tells Prometheus, at one address: of its process and of the planes that run in it. */
public final class RunMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry process = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final FlinkMetrics flink = new FlinkMetrics();
    private volatile @Nullable LearningPlane learning;

    /** Of the process alone so far. */
    public RunMetrics() {
        List<MeterBinder> binders = List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics(),
                collections);
        binders.forEach(binder -> binder.bindTo(process));
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .baseUnit("bytes")
                .description("What this process has of the machine's memory, inside and outside of the JVM's heap")
                .register(process);
    }

    /** Where a Flink in this process reports. */
    public FlinkMetrics flink() {
        return flink;
    }

    /** Tells of a learning plane from now on, in place of the one before. */
    public void learning(LearningPlane plane) {
        learning = plane;
    }

    /** All of it as it stands, in Prometheus' text format. */
    public String scrape() {
        Exposition exposition = new Exposition();
        flink.into(exposition);
        LearningPlane plane = learning;
        if (plane != null) {
            KafkaNumbers.into(exposition, plane.metrics());
            for (Told told : plane.told()) {
                exposition.add("tributary_learning_" + told.name().replace('-', '_'), told.labels(), told.value());
            }
        }
        return process.scrape() + exposition.text();
    }

    @Override
    public void close() {
        collections.close();
        process.close();
    }
}
