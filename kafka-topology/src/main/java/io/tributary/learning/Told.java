package io.tributary.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A number that the learning plane tells of itself, added up over its tasks in this process.
 *
 * @param name in words with hyphens, such as {@code dead-letters-total}; what ends in {@code total} only rises
 * @param labels what it is of, by label, in the order of these
 * @param value the number
 */
public record Told(String name, Map<String, String> labels, double value) {

    /** Counted in several stages, and of interest by stage. */
    private static final Set<String> BY_STAGE =
            Set.of(Counter.DEAD_LETTERS.label() + Counters.TOTAL, Counter.NULLS_SKIPPED.label() + Counters.TOTAL);

    private static final String STORES = "stream-state-metrics";
    private static final String ENTRIES = "estimate-num-keys";
    private static final String STORE = "rocksdb-state-id";
    private static final String PENDING = "pending-events";

    private record Series(String name, Map<String, String> labels) {}

    /** What nodes and stores tell among all metrics of Streams. */
    static List<Told> in(Map<MetricName, ? extends Metric> metrics, String ensemble) {
        Map<Series, Double> sums = new HashMap<>();
        metrics.forEach((name, metric) -> {
            if (name.group().equals(NodeSensor.GROUP)) {
                sums.merge(new Series(name.name(), labels(name)), number(metric), Double::sum);
            } else if (isPending(name)) {
                sums.merge(new Series(PENDING, Map.of("ensemble", ensemble)), number(metric), Double::sum);
            }
        });
        List<Told> told = new ArrayList<>();
        sums.forEach((series, value) -> told.add(new Told(series.name(), series.labels(), value)));
        return told;
    }

    private static boolean isPending(MetricName name) {
        return name.group().equals(STORES)
                && name.name().equals(ENTRIES)
                && LearningTopology.PENDING.equals(name.tags().get(STORE));
    }

    private static Map<String, String> labels(MetricName name) {
        Map<String, String> labels = new TreeMap<>(name.tags());
        labels.remove(NodeSensor.TASK);
        labels.remove(NodeSensor.THREAD);
        if (!BY_STAGE.contains(name.name())) {
            labels.remove(NodeSensor.STAGE);
        }
        return labels;
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
