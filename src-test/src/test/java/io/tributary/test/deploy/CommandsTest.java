package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.HOME;
import static io.tributary.test.deploy.DeployFiles.INSTALLED;
import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.container;
import static io.tributary.test.deploy.DeployFiles.manifest;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.command.Tributary;
import io.tributary.scoring.ScoringMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands, options, arguments and ports in the compose file and the manifests are those of the programs. */
class CommandsTest {

    private final Compose compose = Compose.read();

    private static String parsed(List<String> words) {
        return new CommandLine(Tributary.class)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.toArray(String[]::new))
                .asCommandLineList()
                .get(words.get(0).equals("topics") ? 2 : 1)
                .getCommandName();
    }

    @Test
    void commands_areKnownWithAllTheirOptions() {
        assertThat(parsed(compose.command("learning"))).isEqualTo("run");
        assertThat(parsed(compose.command("dashboard"))).isEqualTo("dashboard");
        assertThat(parsed(compose.command("topics"))).isEqualTo("create");
        assertThat(parsed(texts(container("StatefulSet", "fraud-learning"), "args")))
                .isEqualTo("run");
        assertThat(parsed(texts(container("Deployment", "fraud-dashboard"), "args")))
                .isEqualTo("dashboard");
        assertThatThrownBy(() -> parsed(List.of("run", "spec.yaml", "--unheard-of")))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "learning", "dashboard"})
    void spec_thatACommandNames_liesInTheImage(String service) {
        List<String> words = compose.command(service);
        String named = words.get(service.equals("topics") ? 2 : 1);

        assertThat(named).startsWith(INSTALLED);
        assertThat(Path.of(named.replace(INSTALLED, HOME + "/"))).exists();
    }

    /** It reads its arguments before it looks for the spec in its jar, of which there is none here. */
    @Test
    void arguments_ofTheJob_areKnownToItsMainClass() {
        Map<String, Object> job = map(at(manifest("FlinkDeployment", "fraud-scoring"), "spec", "job"));
        List<String> command = compose.command("jobmanager");

        assertThat(job.get("entryClass")).isEqualTo(ScoringMain.class.getName());
        assertThat(command.subList(0, 3))
                .containsExactly("standalone-job", "--job-classname", ScoringMain.class.getName());
        for (List<String> arguments : List.of(texts(job, "args"), command.subList(3, command.size()))) {
            assertThatThrownBy(() -> ScoringMain.main(arguments.toArray(String[]::new)))
                    .hasMessageContaining("there is no spec in the job's jar");
        }
    }

    @Test
    void jobManager_beginsAnew_whereNothingWasKept(@TempDir Path state) throws Exception {
        assertThat(resumed(state)).containsExactly(String.join(" ", compose.command("jobmanager")));
    }

    @Test
    void jobManager_goesOnFromTheNewestOfCheckpointsAndSavepointsThatAreComplete(@TempDir Path state) throws Exception {
        kept(state.resolve("checkpoints/job-1/chk-9"), 30);
        kept(state.resolve("savepoints/savepoint-1"), 20);
        Path newest = kept(state.resolve("checkpoints/job-2/chk-2"), 10);
        Files.createDirectories(state.resolve("checkpoints/job-2/chk-3"));

        List<String> command = new ArrayList<>(compose.command("jobmanager"));
        command.addAll(1, List.of("--fromSavepoint", "file:" + newest));
        assertThat(resumed(state)).containsExactly("goes on from " + newest, String.join(" ", command));

        for (int start = 3; start <= 5; start++) {
            kept(state.resolve("checkpoints/job-" + start + "/chk-1"), 8 - start);
        }
        Path savepoint = kept(state.resolve("savepoints/savepoint-2"), 0);
        assertThat(resumed(state)).contains("goes on from " + savepoint);
        assertThat(state.resolve("checkpoints")).isDirectoryNotContaining("glob:**/job-{1,2}");
        assertThat(state.resolve("checkpoints").toFile().list()).hasSize(3);
        assertThat(state.resolve("savepoints").toFile().list()).hasSize(2);
    }

    private static Path kept(Path folder, long minutesAgo) throws IOException {
        Files.createDirectories(folder);
        Files.setLastModifiedTime(
                Files.createFile(folder.resolve("_metadata")),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(minutesAgo))));
        return folder;
    }

    /** What the entry point of the JobManager says and hands on, with that of Flink's image replaced by one that prints it. */
    private List<String> resumed(Path state) throws Exception {
        assertThat(texts(compose.service("jobmanager"), "entrypoint")).containsExactly("resume");
        assertThat(compose.flinkSettings("jobmanager"))
                .containsEntry(
                        "execution.checkpointing.dir",
                        "file://" + compose.environment("jobmanager").get("STATE") + "/checkpoints")
                .containsEntry(
                        "execution.checkpointing.savepoint-dir",
                        "file://" + compose.environment("jobmanager").get("STATE") + "/savepoints");
        List<String> command = new ArrayList<>(compose.command("jobmanager"));
        command.add(0, HOME.resolve("deploy/docker/resume").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("STATE", state.toString(), "ENTRY_POINT", "echo"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "StatefulSet, fraud-learning, --query-port, fraud-queries",
        "StatefulSet, fraud-learning, --query-port, fraud-learning",
        "Deployment, fraud-dashboard, --dashboard-port, fraud-dashboard"
    })
    void port_ofAService_isThatOfTheCommand(String kind, String name, String option, String service) {
        Map<String, Object> container = container(kind, name);
        Map<String, Object> spec = map(at(manifest("Service", service), "spec"));
        String port = at(spec, "ports", 0, "port").toString();

        assertThat(texts(container, "args")).containsSequence(option, port);
        assertThat(at(container, "ports", 0, "containerPort")).hasToString(port);
        assertThat(at(container, "livenessProbe", "tcpSocket", "port")).isEqualTo(at(container, "ports", 0, "name"));
        assertThat(spec.get("selector")).isEqualTo(at(manifest(kind, name), "spec", "template", "metadata", "labels"));
    }

    @Test
    void queryPort_isTheCommandsOwn() {
        String port = new CommandLine(Tributary.class)
                .getSubcommands()
                .get("run")
                .getCommandSpec()
                .findOption("--query-port")
                .defaultValue();

        assertThat(compose.command("learning")).containsSequence("--query-host", "learning", "--query-port", port);
        assertThat(compose.environment("learning").get("HEALTH_URL")).startsWith("http://learning:" + port + "/");
        assertThat(compose.command("dashboard")).containsSequence("--learning", "http://learning:" + port);
        assertThat(texts(container("Deployment", "fraud-dashboard"), "args"))
                .containsSequence("--learning", "http://fraud-queries:" + port);
    }
}
