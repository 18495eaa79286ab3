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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                .subcommand()
                .commandSpec()
                .name();
    }

    @Test
    void commands_areKnownWithAllTheirOptions() {
        assertThat(parsed(compose.command("learning"))).isEqualTo("run");
        assertThat(parsed(compose.command("dashboard"))).isEqualTo("dashboard");
        assertThat(parsed(texts(container("StatefulSet", "fraud-learning"), "args")))
                .isEqualTo("run");
        assertThat(parsed(texts(container("Deployment", "fraud-dashboard"), "args")))
                .isEqualTo("dashboard");
        assertThatThrownBy(() -> parsed(List.of("run", "spec.yaml", "--unheard-of")))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"learning", "dashboard"})
    void spec_thatACommandNames_liesInTheImage(String service) {
        String named = compose.command(service).get(1);

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
    void job_thatIsResumed_differsByItsSavepointAlone() {
        List<String> resumed =
                new ArrayList<>(Compose.read("compose.resume.yaml").command("jobmanager"));

        assertThat(resumed).containsSequence("--fromSavepoint", "file:///savepoint");
        resumed.removeAll(List.of("--fromSavepoint", "file:///savepoint"));
        assertThat(resumed).isEqualTo(compose.command("jobmanager"));
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
