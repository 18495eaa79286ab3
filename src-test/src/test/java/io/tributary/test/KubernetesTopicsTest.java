package io.tributary.test;

import static io.tributary.test.deploy.DeployFiles.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.test.deploy.DeployFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The topics in the manifests for Kubernetes have the settings that the product would make them with. */
class KubernetesTopicsTest {

    @Test
    void topics_ofTheManifests_areAsTheProductMakesThem() throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = DeployFiles.spec().at(stack.bootstrap(), stack.registryUrl());
        stack.prepare(spec);
        List<Map<String, Object>> manifests = DeployFiles.manifests("KafkaTopic");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            for (Map<String, Object> manifest : manifests) {
                String topic = DeployFiles.name(manifest);
                Map<String, String> config = config(manifest);
                assertThat(config.remove("min.insync.replicas")).as(topic).isEqualTo("2");
                assertThat(config).as(topic).isEqualTo(made(admin, topic));
            }
        }
        for (String topic : List.of(
                spec.topics().feedback(),
                spec.topics().weights(),
                spec.topics().metrics(),
                spec.topics().deadLetters(),
                spec.topics().control())) {
            assertThat(manifests)
                    .filteredOn(manifest -> DeployFiles.name(manifest).equals(topic))
                    .allSatisfy(manifest ->
                            assertThat(at(manifest, "spec", "partitions")).isEqualTo(1))
                    .hasSize(1);
        }
    }

    private static Map<String, String> config(Map<String, Object> manifest) {
        Map<String, String> config = new HashMap<>();
        ((Map<?, ?>) at(manifest, "spec", "config"))
                .forEach((key, value) -> config.put(String.valueOf(key), String.valueOf(value)));
        return config;
    }

    /** What was said as the topic was made, not what the broker has as its defaults. */
    private static Map<String, String> made(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
