package io.tributary.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaNumbersTest {

    private final Map<MetricName, Metric> metrics = new LinkedHashMap<>();

    private void metric(String group, String name, Map<String, String> tags, Object value) {
        MetricName metricName = new MetricName(name, group, "", tags);
        metrics.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }

    private String text() {
        Exposition exposition = new Exposition();
        KafkaNumbers.into(exposition, metrics);
        return exposition.text();
    }

    @Test
    void metrics_haveNamesAsMicrometerGivesThem() {
        metric("consumer-fetch-manager-metrics", "fetch-total", Map.of("client-id", "c.1"), 5.0);
        metric("stream-state-metrics", "estimate-num-keys", Map.of("rocksdb-state-id", "pending-events"), 7L);

        assertThat(text()).isEqualTo("""
                # TYPE kafka_consumer_fetch_manager_fetch_total counter
                kafka_consumer_fetch_manager_fetch_total{client_id="c.1"} 5.0
                # TYPE kafka_stream_state_estimate_num_keys gauge
                kafka_stream_state_estimate_num_keys{rocksdb_state_id="pending-events"} 7.0
                """);
    }

    @Test
    void metric_ofAClientAndItsPartitions_isToldOfThePartitions() {
        metric("consumer-fetch-manager-metrics", "records-lag-max", Map.of("client-id", "c"), 9.0);
        metric("consumer-fetch-manager-metrics", "records-lag-max", Map.of("client-id", "c", "topic", "t"), 9.0);

        assertThat(text()).isEqualTo("""
                # TYPE kafka_consumer_fetch_manager_records_lag_max gauge
                kafka_consumer_fetch_manager_records_lag_max{client_id="c",topic="t"} 9.0
                """);
    }

    @Test
    void metric_ofATopicWithAPoint_isToldOnce() {
        metric("producer-topic-metrics", "byte-rate", Map.of("client-id", "c", "topic", "a_b-c"), 1.0);
        metric("producer-topic-metrics", "byte-rate", Map.of("client-id", "c", "topic", "a.b-c"), 1.0);
        metric("producer-topic-metrics", "byte-rate", Map.of("client-id", "other", "topic", "a_b-c"), 2.0);

        assertThat(text()).isEqualTo("""
                # TYPE kafka_producer_topic_byte_rate gauge
                kafka_producer_topic_byte_rate{client_id="c",topic="a.b-c"} 1.0
                kafka_producer_topic_byte_rate{client_id="other",topic="a_b-c"} 2.0
                """);
    }

    @Test
    void metrics_thatAreNoMeasures_areLeftOut() {
        metric("app-info", "start-time-ms", Map.of("client-id", "c"), 9L);
        metric("stream-tributary-metrics", "joined-total", Map.of(), 1.0);
        metric("stream-metrics", "state", Map.of(), "RUNNING");

        assertThat(text()).isEmpty();
    }
}
