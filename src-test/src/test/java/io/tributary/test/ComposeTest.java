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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
    void learningPlaneJobAndDashboard_startedByTheirCommands_workTogether() throws Exception {
        makeFeaturesTopic();
        Command learning = started("learning");
        learning.awaitOutput("until Ctrl-C", LIMIT);
        awaitHealth(learning, here(compose.environment("learning").get("HEALTH_URL")));
        Command dashboard = started("dashboard");
        dashboard.awaitOutput("until Ctrl-C", LIMIT);
        String page = "http://localhost:" + ports[1] + "/";
        awaitHealth(dashboard, page);

        EnsembleSpec spec = SpecParser.parse(installed.resolve("examples/fraud/fraud.yaml"))
                .at(stack.bootstrap(), stack.registryUrl());
        startJob();
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, EVENTS);
        try (Records records = new Records(stack.bootstrap())) {
            records.sendAll(spec.events().topic(), events);
        }
        TopicReader.read(stack.bootstrap(), spec.topics().predictions(), LIMIT, all -> all.size() >= EVENTS);

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

    private void makeFeaturesTopic() throws Exception {
        List<String> command = compose.command("topics");
        String topic = command.get(command.indexOf("--topic") + 1);
        int partitions = Integer.parseInt(command.get(command.indexOf("--partitions") + 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    /** The job's jar as the Dockerfile has it made, and the JobManager's command from the entry point of Flink's image on. */
    private void startJob() throws Exception {
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
        List<String> command =
                compose.command("jobmanager").stream().map(this::here).toList();
        int mainClass = command.indexOf("--job-classname") + 1;
        cluster.restartAsApplication(
                command.get(mainClass),
                command.subList(mainClass + 1, command.size()).toArray(String[]::new));
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
