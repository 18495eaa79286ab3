package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.embedded.FreePorts;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local Flink cluster, started by the command, with a folder and a port of its own. */
final class TestCluster {

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final int port;
    private final List<Process> own = new ArrayList<>();

    private TestCluster(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static TestCluster start(int taskManagers, int slots) throws Exception {
        Path folder = Files.createTempDirectory(Stack.shared().work().folder("clusters"), "cluster");
        TestCluster cluster = new TestCluster(folder, FreePorts.pickTwo()[0]);
        String output = run(
                "cluster",
                "start",
                "--taskmanagers",
                Integer.toString(taskManagers),
                "--slots",
                Integer.toString(slots),
                "--port",
                cluster.port(),
                "--dir",
                folder.toString());
        assertThat(output).contains("JobManager up", "TaskManager " + taskManagers + " of " + taskManagers);
        return cluster;
    }

    /** Ends all that is left of it. */
    void stop() throws Exception {
        own.forEach(Process::destroyForcibly);
        run("cluster", "stop", "--dir", folder.toString());
        assertThat(run("cluster", "stop", "--dir", folder.toString())).contains("no cluster runs in " + folder);
    }

    Path folder() {
        return folder;
    }

    String port() {
        return Integer.toString(port);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Submits an ensemble and returns the id of its job, which runs. */
    String submit(Path spec, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("submit", spec.toString(), "--jobmanager", url()));
        arguments.addAll(List.of(options));
        Matcher job = Pattern.compile("job ([0-9a-f]{32}) runs").matcher(run(arguments.toArray(String[]::new)));
        assertThat(job.find()).isTrue();
        return job.group(1);
    }

    /** Stops a job and returns its savepoint. */
    String stopJob(String specOrJob) throws Exception {
        String output = run(
                "stop",
                specOrJob,
                "--jobmanager",
                url(),
                "--savepoint-dir",
                folder.resolve("stopped").toUri().toString());
        String savepoint = output.lines().reduce((first, second) -> second).orElseThrow();
        assertThat(Path.of(URI.create(savepoint)).resolve("_metadata")).exists();
        return savepoint;
    }

    /** What a command says that must not work. */
    String refusal(String... arguments) throws Exception {
        Command command = Command.start(arguments);
        assertThat(command.await(LIMIT)).as(command.output()).isEqualTo(1);
        return command.output();
    }

    private static String run(String... arguments) throws Exception {
        Command command = Command.start(arguments);
        assertThat(command.await(LIMIT)).as(command.output()).isZero();
        return command.output();
    }

    /** As the kernel does when memory runs out. */
    void kill(String process) throws Exception {
        assertThat(handle(process).destroyForcibly()).isTrue();
    }

    private ProcessHandle handle(String process) throws Exception {
        String pid = Files.readString(folder.resolve(process + ".pid")).split(" ")[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Waits until Flink has seen a job fail. */
    void awaitFailure(String job) throws Exception {
        await(() -> !get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .isEmpty());
    }

    /** Waits until all tasks of a job are running. */
    void awaitRunning(String job) throws Exception {
        await(() -> {
            for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
                if (!vertex.path("status").asText().equals("RUNNING")) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the awaited did not come").isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Ends the session cluster and starts its processes again, the JobManager as an application of what is in usrlib. */
    void restartAsApplication(String mainClass, String... arguments) throws Exception {
        List<String> jobManager = new ArrayList<>(commandLine("jobmanager"));
        List<String> taskManager = commandLine("taskmanager-1");
        run("cluster", "stop", "--dir", folder.toString());
        jobManager.replaceAll(
                word -> word.equals("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint")
                        ? "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint"
                        : word);
        jobManager.addAll(List.of("--job-classname", mainClass));
        jobManager.addAll(List.of(arguments));
        start("application", jobManager);
        start("worker", taskManager);
    }

    private List<String> commandLine(String process) throws Exception {
        Path words = Path.of("/proc", Long.toString(handle(process).pid()), "cmdline");
        return List.of(Files.readString(words).split("\0"));
    }

    private void start(String name, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), name + ".out"));
        builder.environment().put("FLINK_LIB_DIR", folder.resolve("lib").toString());
        own.add(builder.start());
    }
}
