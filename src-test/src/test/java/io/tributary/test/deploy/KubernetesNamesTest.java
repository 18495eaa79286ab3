package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.BASE;
import static io.tributary.test.deploy.DeployFiles.HOME;
import static io.tributary.test.deploy.DeployFiles.INSTALLED;
import static io.tributary.test.deploy.DeployFiles.SPEC;
import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.list;
import static io.tributary.test.deploy.DeployFiles.manifest;
import static io.tributary.test.deploy.DeployFiles.manifests;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.text;
import static io.tributary.test.deploy.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics, rights and objects that the manifests name are there, or made by whom README.md says. */
class KubernetesNamesTest {

    /** Of Strimzi's cluster, and of whoever installs. */
    private static final Set<String> SECRETS_OF_OTHERS = Set.of("events-cluster-ca-cert", "fraud-dashboard-token");

    private static final Path MONITORING = DeployFiles.DEPLOY.resolve("kubernetes/monitoring");

    private final EnsembleSpec spec = DeployFiles.spec();

    static List<Map<String, Object>> pods() {
        return List.of(
                map(at(manifest("FlinkDeployment", "fraud-scoring"), "spec", "podTemplate", "spec")),
                map(at(manifest("StatefulSet", "fraud-learning"), "spec", "template", "spec")),
                map(at(manifest("Deployment", "fraud-dashboard"), "spec", "template", "spec")));
    }

    private static Set<String> names(String kind) {
        return manifests(kind).stream().map(DeployFiles::name).collect(Collectors.toSet());
    }

    @Test
    void topics_areThoseOfTheSpec() {
        EnsembleSpec.Topics own = spec.topics();

        assertThat(names("KafkaTopic"))
                .containsExactlyInAnyOrder(
                        spec.events().topic(),
                        spec.outcomes().topic(),
                        own.predictions(),
                        own.feedback(),
                        own.weights(),
                        own.metrics(),
                        own.deadLetters(),
                        own.control());
    }

    @Test
    void rights_areOnWhatThePlanesUse() {
        String streams = spec.learningGroup() + "-";
        Set<String> topics = names("KafkaTopic");
        topics.add(streams);
        Map<String, Set<String>> known = Map.of(
                "topic", topics,
                "group", Set.of(spec.learningGroup(), spec.scoringGroup(), spec.scoringGroup() + ".weights"),
                "transactionalId",
                        Set.of(streams, spec.ensemble() + ".predictions", spec.ensemble() + ".dead-letters"));

        for (Map<String, Object> user : manifests("KafkaUser")) {
            for (Object rule : list(at(user, "spec", "authorization", "acls"))) {
                assertThat(known.get(String.valueOf(at(rule, "resource", "type"))))
                        .contains(String.valueOf(at(rule, "resource", "name")));
            }
        }
    }

    /** It is a second copy of the example, which must not go its own way. */
    @Test
    void spec_ofTheCluster_isTheExampleAtOtherAddresses() {
        String here = text(BASE.resolve(SPEC)).replace(INSTALLED + "examples/fraud/", "");

        assertThat(withoutAddresses(here)).isEqualTo(withoutAddresses(text(HOME.resolve("examples/fraud/fraud.yaml"))));
    }

    private static String withoutAddresses(String text) {
        return text.substring(text.indexOf("ensemble:"))
                .replaceAll("(?s)\nkafka:\n.*?\nregistry:\n", "\nregistry:\n")
                .replaceAll("url: http://[^/]+/", "url: /");
    }

    @Test
    void kafkaProperties_ofTheSpec_areKafkas() {
        assertThat(spec.kafka().properties().keySet())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("config.providers")
                        || ConsumerConfig.configNames().contains(name));
    }

    @Test
    void accounts_areThere() {
        assertThat(names("ServiceAccount"))
                .contains(String.valueOf(at(manifest("FlinkDeployment", "fraud-scoring"), "spec", "serviceAccount")));
        Map<String, Object> binding = manifest("RoleBinding", "fraud-scoring");
        assertThat(names("ServiceAccount")).contains(String.valueOf(at(binding, "subjects", 0, "name")));
        assertThat(names("Role")).contains(String.valueOf(at(binding, "roleRef", "name")));
        assertThat(names("Namespace")).contains(String.valueOf(at(binding, "subjects", 0, "namespace")));
        assertThat(names("Service"))
                .contains(String.valueOf(at(manifest("StatefulSet", "fraud-learning"), "spec", "serviceName")));
    }

    /** Flink labels its pods with the deployment's name, and names no port that is not in their template. */
    @Test
    void policiesAndMonitors_chooseThePodsThatThereAreAtTheirPorts() {
        Map<String, Map<String, Object>> pods = Map.of("fraud-scoring", pods().get(0), "fraud-learning", pods().get(1));
        assertThat(names("NetworkPolicy")).isEqualTo(pods.keySet());
        pods.forEach((name, pod) -> {
            List<Object> ports = list(at(pod, "containers", 0, "ports"));
            Object metrics = ports.stream()
                    .filter(port -> at(port, "name").equals("metrics"))
                    .map(port -> at(port, "containerPort"))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> policy = manifest("NetworkPolicy", name);
            assertThat(at(policy, "spec", "podSelector", "matchLabels")).isEqualTo(Map.of("app", name));
            List<Object> rules = list(at(policy, "spec", "ingress"));
            assertThat(rules.get(rules.size() - 1)).isEqualTo(Map.of("ports", List.of(Map.of("port", metrics))));

            Map<String, Object> monitor = monitors().get(name);
            assertThat(at(monitor, "spec", "selector", "matchLabels")).isEqualTo(Map.of("app", name));
            assertThat(at(monitor, "spec", "podMetricsEndpoints", 0, "port")).isEqualTo("metrics");
        });
    }

    /** The published classes of the Prometheus Operator are not to be had; what matters is that it does as prometheus.yml. */
    @Test
    void monitors_nameJobsAndMetricsAsPrometheusDoesBesideTheComposeFile() {
        Map<String, Object> prometheus = DeployFiles.documents(
                        text(DeployFiles.DEPLOY.resolve("prometheus/prometheus.yml")))
                .get(0);
        Map<String, String> jobs = Map.of("fraud-learning", "tributary", "fraud-scoring", "flink");
        for (Object config : list(at(prometheus, "scrape_configs"))) {
            Map<String, Object> monitor = monitors().values().stream()
                    .filter(each -> at(config, "job_name").equals(jobs.get(DeployFiles.name(each))))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> endpoint = map(at(monitor, "spec", "podMetricsEndpoints", 0));
            assertThat(list(at(endpoint, "relabelings")))
                    .containsExactly(Map.of("targetLabel", "job", "replacement", at(config, "job_name")));
            assertThat(renamings(endpoint.get("metricRelabelings"), "sourceLabels", "targetLabel"))
                    .isEqualTo(renamings(map(config).get("metric_relabel_configs"), "source_labels", "target_label"));
        }
        assertThat(DeployFiles.documents(text(MONITORING.resolve("rule.yaml")) + "  groups: []\n"))
                .allSatisfy(rule -> assertThat(at(rule, "spec", "groups")).isEqualTo(List.of()));
        assertThat(text(DeployFiles.DEPLOY.resolve("prometheus/alerts.yml"))).contains("\ngroups:\n");
    }

    private static List<List<Object>> renamings(@Nullable Object rules, String source, String target) {
        return rules == null
                ? List.of()
                : list(rules).stream()
                        .map(rule ->
                                List.of(at(rule, source), at(rule, "regex"), at(rule, target), at(rule, "replacement")))
                        .toList();
    }

    private static Map<String, Map<String, Object>> monitors() {
        return DeployFiles.documents(text(MONITORING.resolve("pod-monitors.yaml"))).stream()
                .collect(Collectors.toMap(DeployFiles::name, each -> each));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void volumes_ofAPod_areOfObjectsThatExist(Map<String, Object> pod) {
        Set<String> secrets = names("KafkaUser");
        secrets.addAll(SECRETS_OF_OTHERS);
        // That of a StatefulSet's own claims.
        List<String> volumes = new ArrayList<>(List.of("state"));
        for (Object volume : list(pod.get("volumes"))) {
            volumes.add(String.valueOf(at(volume, "name")));
            if (map(volume).containsKey("secret")) {
                assertThat(secrets).contains(String.valueOf(at(volume, "secret", "secretName")));
            } else if (map(volume).containsKey("persistentVolumeClaim")) {
                assertThat(names("PersistentVolumeClaim"))
                        .contains(String.valueOf(at(volume, "persistentVolumeClaim", "claimName")));
            } else if (map(volume).containsKey("configMap")) {
                assertThat(at(volume, "configMap", "name")).isEqualTo("fraud-spec");
                assertThat(texts(pod, "containers", 0, "args").get(1))
                        .isEqualTo(mounts(pod).get("spec") + "/" + SPEC);
            }
        }
        assertThat(volumes).containsAll(mounts(pod).keySet());
    }

    /** One spec serves all of them, since each finds its own user at the same place. */
    @ParameterizedTest
    @MethodSource("pods")
    void credentials_ofAPod_areWhereTheSpecNamesThem(Map<String, Object> pod) {
        assertThat(spec.kafka().properties())
                .containsEntry(
                        "sasl.jaas.config", "${directory:" + mounts(pod).get("kafka-user") + ":sasl.jaas.config}")
                .containsEntry("ssl.truststore.location", mounts(pod).get("kafka-ca") + "/ca.crt");
    }

    private static Map<String, String> mounts(Map<String, Object> pod) {
        return list(at(pod, "containers", 0, "volumeMounts")).stream()
                .collect(Collectors.toMap(
                        mount -> String.valueOf(at(mount, "name")), mount -> String.valueOf(at(mount, "mountPath"))));
    }
}
