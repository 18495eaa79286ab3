package io.tributary.app.cluster;

import io.tributary.app.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a local cluster's configuration and starts its processes. */
final class FlinkLauncher {

    static final String LOGS = "log";

    private static final String CONFIGURATION = "conf";
    private static final String TEMPORARY = "tmp";
    private static final String UPLOADS = "upload";
    private static final String LOG_SETTINGS = "log4j.properties";

    /** Neither Ctrl-C nor the end of the terminal is meant for them. */
    private static final List<String> ON_THEIR_OWN = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final ClusterSettings settings;
    private final String classPath;

    FlinkLauncher(ClusterSettings settings, List<Path> classPath) {
        this.settings = settings;
        this.classPath = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Makes the folders, empties those that only running processes use, and writes the configuration. None may run. */
    void prepare() throws IOException {
        for (String folder : List.of(CONFIGURATION, LOGS, TEMPORARY, UPLOADS, "checkpoints", "savepoints")) {
            Files.createDirectories(settings.folder().resolve(folder));
        }
        // Processes that were killed left there what they had unpacked.
        empty(settings.folder().resolve(TEMPORARY));
        empty(settings.folder().resolve(UPLOADS));
        Path configuration = settings.folder().resolve(CONFIGURATION);
        Files.writeString(
                configuration.resolve("config.yaml"),
                settings.configuration(FreePorts.pickTwo()[0]),
                StandardCharsets.UTF_8);
        try (InputStream in = FlinkLauncher.class.getResourceAsStream(LOG_SETTINGS)) {
            Files.copy(
                    Objects.requireNonNull(in, LOG_SETTINGS),
                    configuration.resolve(LOG_SETTINGS),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }

    ClusterProcess jobManager() throws IOException {
        return start(
                "jobmanager",
                settings.jobManagerOptions(),
                List.of("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    }

    ClusterProcess taskManager(int number) throws IOException {
        String name = "taskmanager-" + number;
        return start(
                name,
                settings.taskManagerOptions(),
                List.of(
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "-D",
                        "taskmanager.resource-id=" + name));
    }

    private ClusterProcess start(String name, List<String> options, List<String> mainClass) throws IOException {
        Path folder = settings.folder();
        Path configuration = folder.resolve(CONFIGURATION);
        Path log = folder.resolve(LOGS).resolve(name + ".log");
        List<String> command = new ArrayList<>(ON_THEIR_OWN);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dlog.file=" + log);
        command.add("-Dlog4j.configurationFile=" + configuration.resolve(LOG_SETTINGS));
        command.add("-Djava.io.tmpdir=" + folder.resolve(TEMPORARY));
        // Engines unpack their libraries there once for all.
        command.add("-DDJL_CACHE_DIR=" + folder.resolve("natives"));
        command.addAll(List.of("-cp", classPath));
        command.add(mainClass.get(0));
        command.addAll(List.of("--configDir", configuration.toString()));
        command.addAll(mainClass.subList(1, mainClass.size()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOGS).resolve(name + ".out").toFile())
                .start();
        return ClusterProcess.record(folder.resolve(name + ClusterProcess.SUFFIX), process.toHandle());
    }
}
