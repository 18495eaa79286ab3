package io.tributary.learning;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What one node of a task tells, among Streams' own metrics and until it is closed. Numbers are asked for when metrics are
 * read, on another thread: Kafka's own sensors take a lock each time something is counted.
 */
final class NodeSensor implements AutoCloseable {

    /** The group of all that nodes tell. */
    static final String GROUP = "stream-tributary-metrics";

    /** The label of the node. */
    static final String STAGE = "stage";

    /** The label of its task. */
    static final String TASK = "task-id";

    /** The label of its thread. */
    static final String THREAD = "thread-id";

    private final StreamsMetrics metrics;
    private final Sensor sensor;
    private final Map<String, String> labels;

    NodeSensor(ProcessorContext<?, ?> context, String ensemble, String stage) {
        String task = context.taskId().toString();
        String thread = Thread.currentThread().getName();
        this.metrics = context.metrics();
        this.labels = Map.of("ensemble", ensemble, STAGE, stage, TASK, task, THREAD, thread);
        this.sensor = fresh(metrics, String.join(".", GROUP, thread, task, stage));
    }

    /** A task that is revived may not have closed its nodes, and what those tell must not stand in the way. */
    private static Sensor fresh(StreamsMetrics metrics, String name) {
        metrics.removeSensor(metrics.addSensor(name, Sensor.RecordingLevel.INFO));
        return metrics.addSensor(name, Sensor.RecordingLevel.INFO);
    }

    /** Tells a number from now on. */
    void tell(String name, DoubleSupplier number) {
        tell(name, Map.of(), number);
    }

    /** Tells a number with labels more, by which it differs from others of the name. */
    void tell(String name, Map<String, String> more, DoubleSupplier number) {
        Map<String, String> all = new HashMap<>(labels);
        all.putAll(more);
        sensor.add(new MetricName(name, GROUP, "", all), new Pulled(number));
    }

    private record Pulled(DoubleSupplier number) implements MeasurableStat {

        @Override
        public void record(MetricConfig config, double value, long timeMs) {}

        @Override
        public double measure(MetricConfig config, long now) {
            return number.getAsDouble();
        }
    }

    @Override
    public void close() {
        metrics.removeSensor(sensor);
    }
}
