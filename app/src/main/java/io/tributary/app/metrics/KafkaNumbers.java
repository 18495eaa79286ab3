package io.tributary.app.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Kafka's metrics of its clients and of Streams, under the names that Micrometer gives them, such as {@code
 * kafka_consumer_fetch_manager_records_lag}. They are read when somebody asks, since they come and go with partitions.
 */
final class KafkaNumbers {

    /** Facts and not measures; and what our own nodes tell, which has names of its own. */
    private static final Set<String> LEFT_OUT = Set.of("app-info", "kafka-metrics-count", "stream-tributary-metrics");

    private static final String TOPIC = "topic";
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9_]");

    private KafkaNumbers() {}

    /**
     * Adds all that are numbers, each once, for they are added up. What Kafka tells of a client and again of each of its
     * topics or partitions is told of the smallest alone. What it tells of a topic with points in its name, and again with
     * underscores in their place, as it used to, is told by the name that the topic has.
     */
    static void into(Exposition exposition, Map<MetricName, ? extends Metric> metrics) {
        Map<String, Integer> most = new HashMap<>();
        Set<MetricName> again = new HashSet<>();
        for (MetricName each : metrics.keySet()) {
            most.merge(name(each), each.tags().size(), Math::max);
            if (each.tags().getOrDefault(TOPIC, "").contains(".")) {
                again.add(withUnderscores(each));
            }
        }
        metrics.forEach((each, metric) -> {
            String name = name(each);
            if (!LEFT_OUT.contains(each.group())
                    && each.tags().size() == most.getOrDefault(name, 0)
                    && !again.contains(each)
                    && metric.metricValue() instanceof Number number) {
                exposition.add(name, labels(each), number.doubleValue());
            }
        });
    }

    private static MetricName withUnderscores(MetricName metric) {
        Map<String, String> tags = new HashMap<>(metric.tags());
        tags.computeIfPresent(TOPIC, (tag, topic) -> topic.replace('.', '_'));
        return new MetricName(metric.name(), metric.group(), metric.description(), tags);
    }

    private static String name(MetricName metric) {
        return allowed("kafka_" + metric.group().replace("-metrics", "") + "_" + metric.name());
    }

    private static Map<String, String> labels(MetricName metric) {
        Map<String, String> labels = new TreeMap<>();
        metric.tags().forEach((label, value) -> labels.put(allowed(label), value));
        return labels;
    }

    private static String allowed(String text) {
        return NOT_ALLOWED.matcher(text).replaceAll("_");
    }
}
