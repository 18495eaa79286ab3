package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.BASE;
import static io.tributary.test.deploy.DeployFiles.GPU;
import static io.tributary.test.deploy.DeployFiles.IMAGES;
import static io.tributary.test.deploy.DeployFiles.KUSTOMIZATION;
import static io.tributary.test.deploy.DeployFiles.SPEC;
import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.documents;
import static io.tributary.test.deploy.DeployFiles.list;
import static io.tributary.test.deploy.DeployFiles.manifest;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.merged;
import static io.tributary.test.deploy.DeployFiles.text;
import static io.tributary.test.deploy.DeployFiles.texts;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests for Kubernetes are what their publishers' classes know, to the last property. */
class ManifestsTest {

    private static final Map<String, Class<?>> CLASSES = Map.ofEntries(
            entry("v1 Namespace", Namespace.class),
            entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
            entry("v1 Service", Service.class),
            entry("v1 ServiceAccount", ServiceAccount.class),
            entry("apps/v1 Deployment", Deployment.class),
            entry("apps/v1 StatefulSet", StatefulSet.class),
            entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            entry("rbac.authorization.k8s.io/v1 Role", Role.class),
            entry("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class),
            entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

    private static final String FLINK = "flink.apache.org/v1beta1 FlinkDeployment";

    /** Below these any key is right. */
    private static final Set<String> FREE =
            Set.of("config", "flinkConfiguration", "labels", "limits", "matchLabels", "requests", "selector");

    static List<Map<String, Object>> all() {
        return Stream.concat(DeployFiles.manifests().stream(), Stream.of(withGpus()))
                .toList();
    }

    private static Map<String, Object> withGpus() {
        Map<String, Object> patch = documents(text(GPU.resolve("scoring.yaml"))).get(0);
        return merged(manifest("FlinkDeployment", "fraud-scoring"), patch);
    }

    private static Object read(Map<String, Object> manifest) {
        String kind = manifest.get("apiVersion") + " " + manifest.get("kind");
        if (kind.equals(FLINK)) {
            // The newest classes that are served are older than this version of Flink.
            Map<String, Object> spec = new LinkedHashMap<>(map(manifest.get("spec")));
            spec.remove("flinkVersion");
            Map<String, Object> older = new LinkedHashMap<>(manifest);
            older.put("spec", spec);
            return StrictModel.read(older, FlinkDeployment.class);
        }
        assertThat(CLASSES).containsKey(kind);
        return StrictModel.read(manifest, CLASSES.get(kind));
    }

    @ParameterizedTest
    @MethodSource("all")
    void manifest_isReadByItsPublishersClass(Map<String, Object> manifest) {
        assertThat(read(manifest)).isNotNull();
    }

    /** What makes the test above worth something. */
    @ParameterizedTest
    @MethodSource("all")
    void manifest_withAnUnknownPropertyAnywhere_isNotRead(Map<String, Object> manifest) {
        List<List<Object>> places = new ArrayList<>();
        addPlaces(manifest, List.of(), places);
        assertThat(places.size()).isGreaterThan(1);
        for (List<Object> place : places) {
            assertThatThrownBy(() -> read(map(withUnknown(manifest, place))))
                    .as("an unknown property at %s of %s", place, DeployFiles.name(manifest))
                    .hasMessageContaining("unheardOf");
        }
    }

    private static void addPlaces(Object from, List<Object> path, List<List<Object>> places) {
        if (from instanceof Map) {
            places.add(path);
            map(from).forEach((key, value) -> {
                if (!FREE.contains(key)) {
                    addPlaces(value, longer(path, key), places);
                }
            });
        } else if (from instanceof List) {
            for (int i = 0; i < list(from).size(); i++) {
                addPlaces(list(from).get(i), longer(path, i), places);
            }
        }
    }

    private static List<Object> longer(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static Object withUnknown(Object from, List<Object> path) {
        if (path.isEmpty()) {
            Map<String, Object> copy = new LinkedHashMap<>(map(from));
            copy.put("unheardOf", "x");
            return copy;
        }
        Object changed = withUnknown(at(from, path.get(0)), path.subList(1, path.size()));
        if (path.get(0) instanceof Integer index) {
            List<Object> copy = new ArrayList<>(list(from));
            copy.set(index, changed);
            return copy;
        }
        Map<String, Object> copy = new LinkedHashMap<>(map(from));
        copy.put(String.valueOf(path.get(0)), changed);
        return copy;
    }

    @Test
    void flinkVersion_isThatOfTheBuild() {
        String[] version = DeployFiles.version("flink.version").split("\\.");

        assertThat(at(manifest("FlinkDeployment", "fraud-scoring"), "spec", "flinkVersion"))
                .isEqualTo("v" + version[0] + "_" + version[1]);
    }

    @Test
    void base_listsEveryFileBesideIt() throws Exception {
        Map<String, Object> kustomization =
                documents(text(BASE.resolve(KUSTOMIZATION))).get(0);

        try (Stream<java.nio.file.Path> files = Files.list(BASE)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name ->
                                    !List.of(KUSTOMIZATION, IMAGES, SPEC).contains(name)))
                    .containsExactlyInAnyOrderElementsOf(texts(kustomization, "resources"));
        }
        assertThat(kustomization)
                .containsOnlyKeys(
                        "apiVersion",
                        "kind",
                        "namespace",
                        "resources",
                        "configMapGenerator",
                        "images",
                        "configurations");
        assertThat(texts(kustomization, "configMapGenerator", 0, "files")).containsExactly(SPEC);
        assertThat(at(kustomization, "configMapGenerator", 0, "name")).isEqualTo("fraud-spec");
    }

    /** One place says where the images are; a FlinkDeployment is no kind whose image kustomize finds by itself. */
    @Test
    void images_areNamedInTheKustomization_whichFindsThemAll() {
        Map<String, Object> kustomization =
                documents(text(BASE.resolve(KUSTOMIZATION))).get(0);
        Map<String, Object> field = map(at(documents(text(BASE.resolve(IMAGES))).get(0), "images", 0));

        assertThat(texts(kustomization, "configurations")).containsExactly(IMAGES);
        assertThat(at(field, "path")).isEqualTo("spec/image");
        Map<String, Object> deployment = manifest(String.valueOf(at(field, "kind")), "fraud-scoring");
        List<String> used = Stream.of(
                        at(deployment, "spec", "image"),
                        DeployFiles.container("StatefulSet", "fraud-learning").get("image"),
                        DeployFiles.container("Deployment", "fraud-dashboard").get("image"))
                .map(String::valueOf)
                .distinct()
                .toList();
        assertThat(list(at(kustomization, "images")))
                .map(image -> at(image, "name") + ":" + at(image, "newTag"))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void gpuOverlay_changesAManifestOfTheBase() {
        Map<String, Object> kustomization =
                documents(text(GPU.resolve(KUSTOMIZATION))).get(0);
        Map<String, Object> patch = documents(text(GPU.resolve("scoring.yaml"))).get(0);

        assertThat(kustomization).containsOnlyKeys("apiVersion", "kind", "resources", "patches");
        assertThat(texts(kustomization, "resources")).containsExactly("../base");
        assertThat(at(kustomization, "patches", 0, "path")).isEqualTo("scoring.yaml");
        assertThat(at(patch, "metadata", "namespace"))
                .isEqualTo(at(manifest("Namespace", "tributary"), "metadata", "name"));
        assertThat(withGpus()).isNotEqualTo(manifest("FlinkDeployment", "fraud-scoring"));
        assertThat(DeployFiles.name(patch)).isEqualTo("fraud-scoring");
        assertThat(at(withGpus(), "spec", "flinkConfiguration", "external-resource.gpu.kubernetes.config-key"))
                .isEqualTo("nvidia.com/gpu");
    }
}
