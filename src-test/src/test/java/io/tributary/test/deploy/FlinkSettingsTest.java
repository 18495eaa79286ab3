package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.documents;
import static io.tributary.test.deploy.DeployFiles.manifest;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.merged;
import static io.tributary.test.deploy.DeployFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.app.cluster.ClusterSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flink is told in the compose file and the manifests are settings that this version of Flink has. */
class FlinkSettingsTest {

    private static final List<Class<?>> OPTIONS = List.of(
            CheckpointingOptions.class,
            ClusterOptions.class,
            CoreOptions.class,
            ExternalResourceOptions.class,
            HeartbeatManagerOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            RestartStrategyOptions.class,
            TaskManagerOptions.class);

    private static final String REPORTER = "metrics.reporter.prom.";
    private static final String GPU = "external-resource.gpu.";

    /** Flink's distribution has it as a plugin; it is in no repository that this is built from. */
    private static final String GPU_DRIVER = "org.apache.flink.externalresource.gpu.GPUDriverFactory";

    static List<Map<String, String>> settings() {
        Map<String, Object> deployment = manifest("FlinkDeployment", "fraud-scoring");
        Map<String, Object> patch =
                documents(text(DeployFiles.GPU.resolve("scoring.yaml"))).get(0);
        return List.of(
                Compose.read().flinkSettings("jobmanager"),
                Compose.read().flinkSettings("taskmanager"),
                Compose.read("compose.gpu.yaml").flinkSettings("taskmanager"),
                ofDeployment(deployment),
                ofDeployment(merged(deployment, patch)));
    }

    /** The memory of its pods is what the operator makes of their resources. */
    private static Map<String, String> ofDeployment(Map<String, Object> deployment) {
        Map<String, String> settings = new LinkedHashMap<>();
        map(at(deployment, "spec", "flinkConfiguration")).forEach((key, value) -> settings.put(key, (String) value));
        settings.put("taskmanager.memory.process.size", (String)
                at(deployment, "spec", "taskManager", "resource", "memory"));
        settings.put(
                "jobmanager.memory.process.size", (String) at(deployment, "spec", "jobManager", "resource", "memory"));
        settings.put(
                "parallelism.default",
                at(deployment, "spec", "job", "parallelism").toString());
        return settings;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settings_areFlinksAndOfTheRightType(Map<String, String> settings) throws Exception {
        Map<String, ConfigOption<?>> known = known();
        Configuration configuration = Configuration.fromMap(settings);

        for (String key : settings.keySet()) {
            if (key.startsWith(REPORTER) || key.startsWith(GPU)) {
                assertThat(key.replace(REPORTER, "").replace(GPU, ""))
                        .as(key)
                        .isIn(
                                "factory.class",
                                "port",
                                "filterLabelValueCharacters",
                                "amount",
                                "driver-factory.class",
                                "kubernetes.config-key");
            } else {
                assertThat(known.containsKey(key))
                        .as(key + " is a setting of Flink")
                        .isTrue();
                assertThatCode(() -> configuration.get(known.get(key))).as(key).doesNotThrowAnyException();
            }
        }
    }

    private static Map<String, ConfigOption<?>> known() throws IllegalAccessException {
        Map<String, ConfigOption<?>> known = new LinkedHashMap<>();
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    known.put(option.key(), option);
                }
            }
        }
        return known;
    }

    @Test
    void jvm_isOpenedAsByClusterStart() {
        assertThat(ofDeployment(manifest("FlinkDeployment", "fraud-scoring")).get("env.java.opts.all"))
                .isEqualTo(String.join(" ", ClusterSettings.moduleOptions()));
    }

    /** As Flink's scripts reckon it before they start a process. */
    @ParameterizedTest
    @MethodSource("settings")
    void memory_addsUp(Map<String, String> settings) {
        Configuration configuration = Configuration.fromMap(settings);

        var taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        assertThat(taskManager.getTaskHeapSize().getMebiBytes()).isGreaterThan(256);
        assertThat(taskManager.getJvmOverheadSize().getMebiBytes()).isGreaterThanOrEqualTo(400);
        var jobManager = JobManagerProcessUtils.processSpecFromConfig(configuration);
        assertThat(jobManager.getJvmHeapMemorySize().getMebiBytes()).isGreaterThan(256);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void classes_thatAreNamed_exist(Map<String, String> settings) throws Exception {
        List<String> named = new ArrayList<>();
        for (Map.Entry<String, String> each : settings.entrySet()) {
            if (each.getKey().endsWith("class") && !each.getValue().equals(GPU_DRIVER)) {
                named.add(each.getValue());
                assertThat(MetricReporterFactory.class).isAssignableFrom(Class.forName(each.getValue()));
            }
        }
        assertThat(named).isNotEmpty();
    }

    /** Slot groups of a spec have profiles, which the adaptive scheduler passes over. */
    @ParameterizedTest
    @MethodSource("settings")
    void scheduler_isTheDefaultOne(Map<String, String> settings) {
        assertThat(settings.getOrDefault("jobmanager.scheduler", "default")).isEqualTo("default");
        assertThat(settings.keySet()).noneMatch(key -> key.contains("autoscaler"));
    }
}
