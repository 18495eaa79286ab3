package io.tributary.learning;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The counters of one task, among Streams' own metrics. Nodes of one task share them. */
final class Counters implements AutoCloseable {

    static final String GROUP = "stream-tributary-metrics";

    private static final String SCOPE = "tributary";
    private static final String TOTAL = "-total";

    private final StreamsMetrics metrics;
    private final Map<Counter, Sensor> sensors = new EnumMap<>(Counter.class);

    Counters(ProcessorContext<?, ?> context, String ensemble) {
        this.metrics = context.metrics();
        for (Counter counter : Counter.values()) {
            sensors.put(
                    counter,
                    metrics.addRateTotalSensor(
                            SCOPE,
                            context.taskId().toString(),
                            counter.label(),
                            Sensor.RecordingLevel.INFO,
                            "ensemble",
                            ensemble));
        }
    }

    void add(Counter counter) {
        Sensor sensor = sensors.get(counter);
        if (sensor != null) {
            sensor.record();
        }
    }

    @Override
    public void close() {
        sensors.values().forEach(metrics::removeSensor);
    }

    /** Sums the counters of all tasks, by label; a label is missing while no task has it. */
    static Map<String, Long> totals(Map<MetricName, ? extends Metric> metrics) {
        Map<String, Long> totals = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (name.group().equals(GROUP)
                    && name.name().endsWith(TOTAL)
                    && metric.metricValue() instanceof Number number) {
                String label = name.name().substring(0, name.name().length() - TOTAL.length());
                totals.merge(label, number.longValue(), Long::sum);
            }
        });
        return totals;
    }
}
