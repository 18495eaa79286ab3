package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.app.embedded.FreePorts;
import io.tributary.core.spec.SpecParser;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A local Flink cluster, started by the command, with a folder and a port of its own. */
final class TestCluster {

    private static final Duration LIMIT = Duration.ofSeconds(150);

    private final Path folder;
    private final int port;
    private final FlinkRest rest;
    private final List<Process> own = new ArrayList<>();
    private List<String> jobManager = List.of();
    private List<String> taskManager = List.of();

    private TestCluster(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.rest = new FlinkRest(url());
    }

    static TestCluster start(int taskManagers, int slots, String... options) throws Exception {
        Path folder = Files.createTempDirectory(Stack.shared().work().folder("clusters"), "cluster");
        TestCluster cluster = new TestCluster(folder, FreePorts.pickTwo()[0]);
        List<String> arguments = new ArrayList<>(List.of(
                "cluster",
                "start",
                "--taskmanagers",
                Integer.toString(taskManagers),
                "--slots",
                Integer.toString(slots),
                "--port",
                cluster.port(),
                "--dir",
                folder.toString()));
        arguments.addAll(List.of(options));
        String output = run(arguments.toArray(String[]::new));
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
        return jobOf(submitted(spec, options));
    }

    /** Submits an ensemble and returns what the command says once its job runs. */
    String submitted(Path spec, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("submit", spec.toString(), "--jobmanager", url()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    /** The id of the job that a command's output says runs. */
    static String jobOf(String output) {
        Matcher job = Pattern.compile("job ([0-9a-f]{32}) runs").matcher(output);
        assertThat(job.find()).as(output).isTrue();
        return job.group(1);
    }

    /** Stops a job and returns its savepoint. */
    String stopJob(String specOrJob, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "stop",
                specOrJob,
                "--jobmanager",
                url(),
                "--savepoint-dir",
                folder.resolve("stopped").toUri().toString()));
        arguments.addAll(List.of(options));
        String output = run(arguments.toArray(String[]::new));
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
        await(() -> !rest.get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .isEmpty());
    }

    /** Waits until all tasks of a job are running. */
    void awaitRunning(String job) throws Exception {
        await(() -> {
            for (JsonNode vertex : rest.get("/jobs/" + job).path("vertices")) {
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

    /** Cancels a job and waits until it has gone. */
    void cancel(String job) throws Exception {
        rest.cancel(job);
        await(() -> rest.get("/jobs/" + job).path("state").asText().equals("CANCELED"));
    }

    /** The TaskManagers on which the subtasks of an operator run. */
    Set<String> taskManagersOf(String job, String operator) throws Exception {
        Set<String> taskManagers = new HashSet<>();
        rest.get("/jobs/" + job + "/vertices/" + rest.vertex(job, operator))
                .path("subtasks")
                .forEach(subtask ->
                        taskManagers.add(subtask.path("taskmanager-id").asText()));
        return taskManagers;
    }

    /** Waits until a metric of ours of an operator's first subtask has a value. */
    void awaitMetric(String job, String operator, Path spec, String metric, String value) throws Exception {
        String ensemble = SpecParser.parse(spec).ensemble();
        String path = "/jobs/" + job + "/vertices/" + rest.vertex(job, operator) + "/metrics?get=0." + operator
                + ".tributary.ensemble." + ensemble + ".scoring." + metric;
        await(() -> rest.get(path).path(0).path("value").asText().equals(value));
    }

    /**
     * Ends the session cluster and starts its processes again, with the jars in the cluster's {@code lib} ahead on their
     * class path and those in its {@code plugins} as plugins.
     *
     * @param options what Flink is told beside its configuration, by process
     */
    void restart(Map<String, List<String>> options) throws Exception {
        List<String> names = new ArrayList<>(List.of("jobmanager"));
        for (int i = 1; Files.exists(folder.resolve("taskmanager-" + i + ".pid")); i++) {
            names.add("taskmanager-" + i);
        }
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String name : names) {
            List<String> command = new ArrayList<>(commandLine(name));
            int classPath = command.indexOf("-cp") + 1;
            command.set(classPath, folder.resolve("lib") + "/*" + File.pathSeparator + command.get(classPath));
            options.getOrDefault(name, List.of()).forEach(option -> command.addAll(List.of("-D", option)));
            commands.put(name, command);
        }
        run("cluster", "stop", "--dir", folder.toString());
        for (Map.Entry<String, List<String>> each : commands.entrySet()) {
            start(each.getKey(), each.getValue());
        }
        await(() ->
                rest.isUp() && rest.get("/taskmanagers").path("taskmanagers").size() == names.size() - 1);
    }

    /**
     * Ends the cluster and starts its processes again, the JobManager as an application of what is in usrlib.
     *
     * @param arguments those of Flink's {@code standalone-job}
     */
    void restartAsApplication(String... arguments) throws Exception {
        if (jobManager.isEmpty()) {
            jobManager = commandLine("jobmanager");
            taskManager = commandLine("taskmanager-1");
            run("cluster", "stop", "--dir", folder.toString());
        }
        List<String> application = new ArrayList<>(jobManager);
        application.replaceAll(
                word -> word.equals("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint")
                        ? "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint"
                        : word);
        application.addAll(List.of(arguments));
        start("application", application);
        start("worker", taskManager);
    }

    /** Ends the processes of an application as an engine ends containers. */
    void endApplication() throws Exception {
        for (Process each : own) {
            each.destroy();
            assertThat(each.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        }
        own.clear();
    }

    /** Waits until a job runs that has been restored, and returns what from. */
    String awaitRestored() throws Exception {
        await(() -> rest.isUp()
                && rest.get("/jobs").path("jobs").size() == 1
                && !restored().isEmpty());
        return restored();
    }

    private String restored() throws Exception {
        String job = rest.get("/jobs").path("jobs").path(0).path("id").asText();
        return rest.get("/jobs/" + job + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("external_path")
                .asText();
    }

    /** Waits until a checkpoint is complete. */
    void awaitCheckpoint() throws Exception {
        PathMatcher complete = folder.getFileSystem().getPathMatcher("glob:**/checkpoints/*/chk-*/_metadata");
        await(() -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.anyMatch(complete::matches);
            } catch (UncheckedIOException | NoSuchFileException goneMeanwhile) {
                return false;
            }
        });
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
        builder.environment().put("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());
        own.add(builder.start());
    }
}
