package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.DEPLOY;
import static io.tributary.test.deploy.DeployFiles.HOME;
import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.manifest;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.text;
import static io.tributary.test.deploy.DeployFiles.texts;
import static io.tributary.test.deploy.DeployFiles.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.cluster.Artifacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, versions and files in the compose file and the Dockerfile are those of the build. */
class ComposeFileTest {

    private final Compose compose = Compose.read();
    private final String dockerfile = text(DEPLOY.resolve("docker/Dockerfile"));

    private List<MatchResult> lines(String pattern) {
        return Pattern.compile("(?m)^" + pattern + "$")
                .matcher(dockerfile)
                .results()
                .toList();
    }

    private Object image(String service) {
        return at(compose.service(service), "image");
    }

    /** The image makes a property of each variable that begins so. */
    @Test
    void settings_ofTheBroker_areKafkas() {
        Map<String, String> properties = compose.environment("broker").entrySet().stream()
                .filter(each -> each.getKey().startsWith("KAFKA_"))
                .collect(Collectors.toMap(ComposeFileTest::property, Map.Entry::getValue));

        assertThat(properties).isNotEmpty();
        assertThat(new KafkaConfig(properties).values().keySet().containsAll(properties.keySet()))
                .as(properties.keySet() + " are all settings of a broker")
                .isTrue();
        assertThat(properties.get("advertised.listeners"))
                .contains(
                        "broker:19092",
                        DeployFiles.text(HOME.resolve("examples/fraud/fraud.yaml"))
                                .replaceAll("(?s).*bootstrap: (\\S+).*", "$1"));
    }

    private static String property(Map.Entry<String, String> variable) {
        return variable.getKey()
                .substring("KAFKA_".length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    @Test
    void topics_areMadeBeforeThePlanesStart() {
        for (String plane : List.of("learning", "jobmanager")) {
            assertThat(at(compose.service(plane), "depends_on", "topics", "condition"))
                    .isEqualTo("service_completed_successfully");
        }
        assertThat(compose.command("topics")).contains("--inputs");
        // A service that has done its work would be started again.
        assertThat(compose.service("topics")).doesNotContainKey("restart");
    }

    /** Docker leaves a container that ended by an error as it is when the machine starts again, unless it is to be started always. */
    @Test
    void services_comeBackWithTheMachine() {
        assertThat(compose.services()).allSatisfy(service -> {
            if (!service.equals("topics")) {
                assertThat(at(compose.service(service), "restart")).isEqualTo("unless-stopped");
            }
        });
    }

    @Test
    void images_areOfTheVersionsOfTheBuild() {
        assertThat(image("broker")).isEqualTo("apache/kafka:" + version("kafka.version"));
        assertThat(image("registry")).isEqualTo("apicurio/apicurio-registry-kafkasql:" + version("apicurio.version"));
        assertThat(lines("FROM flink:" + Pattern.quote(version("flink.version")) + "-scala_2.12-java17 AS flink"))
                .hasSize(1);
        assertThat(compose.services())
                .allSatisfy(service -> assertThat(image(service).toString()).matches("[a-z0-9/-]+:v?\\d\\S+"));
        assertThat(lines("FROM (\\S+) AS \\S+"))
                .allSatisfy(from -> assertThat(from.group(1)).matches("build|[a-z0-9/-]+:\\d\\S+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tributary", "flink", "flink-gpu"})
    void image_isBuiltByItsTarget_endsAsAnotherUserThanRootAndSaysWhetherItIsWell(String target) {
        List<String> users = List.of(dockerfile.split("(?m)^FROM ")).stream()
                .filter(stage -> stage.contains(" AS " + target + "\n"))
                .peek(stage -> assertThat(stage).contains("\nHEALTHCHECK --interval="))
                .flatMap(stage ->
                        Pattern.compile("(?m)^USER (\\S+)$").matcher(stage).results())
                .map(user -> user.group(1))
                .toList();

        assertThat(users).isNotEmpty();
        assertThat(users.get(users.size() - 1)).isIn("flink", "10001:10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "learning", "jobmanager", "taskmanager", "dashboard"})
    void build_ofAService_hasItsDockerfileAndTarget(String service) {
        for (Compose each : List.of(compose, Compose.read("compose.gpu.yaml"))) {
            Object build = at(each.service(service), "build");

            assertThat(DEPLOY.resolve(at(build, "context").toString())
                            .resolve(at(build, "dockerfile").toString()))
                    .exists();
            assertThat(lines("FROM \\S+ AS " + at(build, "target"))).hasSize(1);
            assertThat(at(each.service(service), "image").toString())
                    .startsWith(at(build, "target").toString().replace("flink", "tributary-flink") + ":");
        }
    }

    @Test
    void jars_areCopiedFromWhereTheBuildMakesThemToWhereFlinkLooks() {
        Artifacts artifacts = new Artifacts(HOME);

        assertThat(dockerfile).contains("/src/" + HOME.relativize(artifacts.runtimeJar()) + " /opt/flink/lib/");
        assertThat(dockerfile).contains("/opt/tributary-job.jar /opt/flink/usrlib/");
        assertThat(at(manifest("FlinkDeployment", "fraud-scoring"), "spec", "job", "jarURI"))
                .isEqualTo("local:///opt/flink/usrlib/tributary-job.jar");
        assertThat(HOME.resolve("deploy/docker/answers")).isExecutable();
        assertThat(HOME.resolve("deploy/docker/install")).isExecutable();
        assertThat(HOME.resolve("deploy/docker/resume")).isExecutable();
    }

    @Test
    void files_thatAreMounted_exist() {
        List<String> mounted = compose.services().stream()
                .map(compose::service)
                .filter(service -> service.containsKey("volumes"))
                .flatMap(service -> texts(service, "volumes").stream())
                .map(volume -> volume.split(":")[0])
                .filter(source -> source.startsWith("."))
                .toList();

        assertThat(mounted)
                .isNotEmpty()
                .allMatch(source -> DEPLOY.resolve(source).toFile().exists());
    }

    @Test
    void services_knowOneAnotherByName() {
        String all = text(DEPLOY.resolve("compose.yaml"));

        assertThat(Pattern.compile("(?:- |http://)(\\w+):(?:19092|8080|8077)\\b")
                        .matcher(all)
                        .results())
                .isNotEmpty()
                .allMatch(address -> compose.services().contains(address.group(1)));
        for (String service : compose.services()) {
            Object needed = compose.service(service).getOrDefault("depends_on", Map.of());
            assertThat(compose.services()).containsAll(map(needed).keySet());
        }
        for (String service : List.of("jobmanager", "taskmanager")) {
            Map<String, String> settings = compose.flinkSettings(service);
            assertThat(settings.get("jobmanager.rpc.address")).isEqualTo(at(compose.service("jobmanager"), "hostname"));
            assertThat(settings.get("parallelism.default"))
                    .isEqualTo(at(compose.service("taskmanager"), "deploy", "replicas")
                            .toString());
        }
    }
}
