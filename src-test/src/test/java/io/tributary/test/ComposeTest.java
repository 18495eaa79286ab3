package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.embedded.FreePorts;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.test.deploy.Compose;
import io.tributary.test.deploy.DeployFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the compose file as processes of this machine, from a copy that was installed as the images have it; only
 * folders and addresses are others. What others make, broker, registry, Prometheus and Grafana, is not started by it.
 */
class ComposeTest {

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final int EVENTS = 200;

    private final Stack stack = Stack.shared();
    private final Compose compose = Compose.read();
    private final int[] ports = FreePorts.pickTwo();

    @TempDir
    private Path folder;

    private final List<Command> running = new ArrayList<>();
    private final List<String> resumed = new ArrayList<>();
    private Path installed;
    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        installed = folder.resolve("tributary");
        assertThat(ran(Stack.home().resolve("deploy/docker/install").toString(), installed.toString()))
                .isZero();
        cluster = TestCluster.start(1, 2);
    }

    @AfterEach
    void stop() throws Exception {
        for (Command each : running) {
            each.kill();
        }
        cluster.stop();
    }

    private static int ran(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    /** With this machine's folders and addresses. */
    private String here(String word) {
        return word.replace(DeployFiles.INSTALLED, installed + "/")
                .replace("/var/lib/tributary", folder.resolve("state").toString())
                .replace("broker:19092", stack.bootstrap())
                .replace("http://registry:8080/apis/ccompat/v7", stack.registryUrl())
                .replace("learning:8077", "localhost:" + ports[0])
                .replaceAll("^0\\.0\\.0\\.0$", "localhost")
                .replaceAll("^8077$", Integer.toString(ports[0]))
                .replaceAll("^8078$", Integer.toString(ports[1]));
    }

    /** The plane is one of the words that name a service, too. */
    private Command started(String service) {
        List<String> words = compose.command(service);
        String[] command = new String[words.size()];
        for (int i = 0; i < command.length; i++) {
            boolean isHost = i > 0 && words.get(i - 1).equals("--query-host");
            command[i] = isHost ? "localhost" : here(words.get(i));
        }
        Command started = Command.start(installed.resolve("tributary"), compose.environment(service), command);
        running.add(started);
        return started;
    }

    @Test
    void topicsLearningPlaneJobAndDashboard_startedByTheirCommands_workTogetherAndTheJobGoesOn() throws Exception {
        Command topics = started("topics");
        assertThat(topics.await(LIMIT)).as(topics.output()).isZero();
        Command learning = started("learning");
        learning.awaitOutput("until Ctrl-C", LIMIT);
        awaitHealth(learning, here(compose.environment("learning").get("HEALTH_URL")));
        Command dashboard = started("dashboard");
        dashboard.awaitOutput("until Ctrl-C", LIMIT);
        String page = "http://localhost:" + ports[1] + "/";
        awaitHealth(dashboard, page);

        EnsembleSpec spec = SpecParser.parse(installed.resolve("examples/fraud/fraud.yaml"))
                .at(stack.bootstrap(), stack.registryUrl());
        makeJar();
        startJob();
        List<PlayedEvent> events = Payments.played(spec, stack.registry());
        try (Records records = new Records(stack.bootstrap())) {
            records.sendAll(spec.events().topic(), events.subList(0, EVENTS));
            ScoredTopic.await(spec, EVENTS);
            cluster.awaitCheckpoint();
            cluster.endApplication();
            startJob();
            records.sendAll(spec.events().topic(), events.subList(EVENTS, 2 * EVENTS));
        }
        assertThat(ScoredTopic.await(spec, 2 * EVENTS)).hasSize(2 * EVENTS);
        assertThat(resumed).containsExactly("goes on from " + Path.of(URI.create(cluster.awaitRestored())));

        // By way of the learning plane, which says in which record it is.
        String explained = page + "api/explain?id=" + events.get(0).id();
        assertThat(status(explained)).isEqualTo(401);
        assertThat(awaited(dashboard, explained)).contains(events.get(0).id());
        for (Command each : List.of(dashboard, learning)) {
            each.interrupt();
            assertThat(each.await(LIMIT)).isEqualTo(130);
        }
        assertThat(health(page)).isNotZero();
    }

    /** The job's jar as the Dockerfile has it made. */
    private void makeJar() throws Exception {
        Path jar = cluster.folder().resolve("usrlib/tributary-job.jar");
        assertThat(jar.getParent().toFile().mkdirs()).isTrue();
        Command save = Command.start(
                installed.resolve("tributary"),
                Map.of(),
                "submit",
                installed.resolve("examples/fraud/fraud.yaml").toString(),
                "--save",
                jar.toString());
        assertThat(save.await(LIMIT)).as(save.output()).isZero();
    }

    /** Starts JobManager and TaskManager, again if they run, by the command that the JobManager's entry point makes. */
    private void startJob() throws Exception {
        List<String> words = new ArrayList<>();
        for (String line : resume()) {
            if (line.startsWith("standalone-job ")) {
                words.addAll(List.of(line.split(" ")).subList(1, line.split(" ").length));
            } else {
                resumed.add(line);
            }
        }
        String kept = "execution.checkpointing.externalized-checkpoint-retention";
        words.addAll(
                0,
                List.of("-D", kept + "=" + compose.flinkSettings("jobmanager").get(kept)));
        cluster.restartAsApplication(words.toArray(String[]::new));
    }

    private List<String> resume() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Stack.home().resolve("deploy/docker/resume").toString()));
        compose.command("jobmanager").forEach(word -> command.add(here(word)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("STATE", cluster.folder().toString(), "ENTRY_POINT", "echo"));
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    /** Asks again and again, as an engine does: partitions may just be moving. */
    private void awaitHealth(Command of, String url) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (health(url) != 0) {
            assertThat(System.nanoTime()).as(url + " is not well").isLessThan(deadline);
            of.runOn();
        }
    }

    /** The exit code of the image's health check. */
    private int health(String url) throws Exception {
        ProcessBuilder check = new ProcessBuilder(
                "sh", Stack.home().resolve("deploy/docker/answers").toString());
        check.environment().put("HEALTH_URL", url);
        Process process = check.start();
        assertThat(process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    private int status(String url) throws Exception {
        return get(url, Map.of()).statusCode();
    }

    /** The body once it is there. */
    private String awaited(Command from, String url) throws Exception {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + compose.environment("dashboard").get("TRIBUTARY_DASHBOARD_TOKEN"));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        HttpResponse<String> response = get(url, headers);
        while (response.statusCode() != 200) {
            assertThat(System.nanoTime()).as(response.body()).isLessThan(deadline);
            from.runOn();
            response = get(url, headers);
        }
        return new ObjectMapper().readTree(response.body()).toString();
    }

    private static HttpResponse<String> get(String url, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
