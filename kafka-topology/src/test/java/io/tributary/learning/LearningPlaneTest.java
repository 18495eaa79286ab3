package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class LearningPlaneTest {

    private static final LearningPlane.Settings SETTINGS = LearningPlane.Settings.in(Path.of("state"));

    @Test
    void properties_ofTheUser_giveWayOnlyWhereCorrectnessHangsOnThem() {
        EnsembleSpec spec = Samples.spec(
                "ensemble: toy",
                "ensemble: toy\nkafka: {properties: {security.protocol: SSL, producer.linger.ms: '20',"
                        + " processing.guarantee: at_least_once, application.id: mine}}");

        Properties properties = LearningPlane.properties(spec, SETTINGS);

        assertThat(properties)
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.linger.ms", "20")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "toy.learning");
    }

    @Test
    void settings_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new LearningPlane.Settings(Path.of("state"), 0, Duration.ofMillis(100), null))
                .hasMessage("threads is 0, must be at least 1");
        assertThatThrownBy(() -> new LearningPlane.Settings(Path.of("state"), 1, Duration.ZERO, null))
                .hasMessage("commitInterval is PT0S, must be at least 1 ms");
    }

    @Test
    void start_withoutABroker_saysWhichBroker() {
        EnsembleSpec spec = Samples.spec(
                "ensemble: toy",
                "ensemble: toy\nkafka: {bootstrap: 'localhost:1', properties: {default.api.timeout.ms: '500',"
                        + " request.timeout.ms: '400'}}");
        SchemaRegistry registry = new SchemaRegistry("http://localhost:1", Map.of());

        assertThatThrownBy(() -> LearningPlane.start(spec, registry, SETTINGS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("localhost:1");
    }
}
