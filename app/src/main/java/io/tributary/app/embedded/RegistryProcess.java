package io.tributary.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The child JVM that an {@link EmbeddedRegistry} runs in, its log, and its end. */
final class RegistryProcess {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.]+:[0-9]+)\\s");
    private static final int TAIL_LINES = 20;
    private static final long END_MILLIS = 3_000;

    /** Keeps what the user's shell exports, say {@code LOG_LEVEL}, from configuring the registry. */
    private static final List<String> KEPT_VARIABLES = List.of("PATH", "LANG", "LC_ALL", "TZ");

    /** Ctrl-C reaches the child too; ignored there, it leaves the registry up until the parent has finished. */
    private static final List<String> IGNORING_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    private RegistryProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the registry in {@code home}, on a port of its own choice.
     *
     * @throws StackStartException if there is no registry in {@code home} or no process can be started
     */
    static RegistryProcess start(WorkDirectory work, Path home) {
        Path jar = runnerJar(home);
        Path folder = work.folder("registry");
        Path log = folder.resolve("registry.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command(jar, folder))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().retainAll(KEPT_VARIABLES);
            return new RegistryProcess(builder.start(), log);
        } catch (IOException e) {
            throw new StackStartException("cannot start the schema registry from " + jar + ": " + e, e);
        }
    }

    /**
     * The one runnable jar of the registry in {@code home}.
     *
     * @throws StackStartException if there is none
     */
    static Path runnerJar(Path home) {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> noRegistry(home, null));
        } catch (IOException e) {
            throw noRegistry(home, e);
        }
    }

    /** The address that the registry says it listens on; empty before it does. */
    Optional<String> listeningOn() {
        Matcher matcher = LISTENING.matcher(readLog());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Waits for at most {@code millis} and says whether the process has ended. */
    boolean endedWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** The exit code of the process, which has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Where the log is and what its last lines say. */
    String logTail() {
        List<String> lines = readLog().lines().toList();
        return "the end of its log " + log + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** From now on an end that {@link #stop} did not bring about is worth a message. */
    void warnOnUnexpectedEnd() {
        process.onExit().thenAccept(ended -> {
            if (!stopping) {
                LOG.error(
                        "the schema registry ended by itself with exit code {}; stop this run and start it again; {}",
                        ended.exitValue(),
                        logTail());
            }
        });
    }

    /** Ends the process and waits for that, some seconds at most. Later calls do nothing. */
    void stop() {
        stopping = true;
        boolean interrupted = Thread.interrupted();
        try {
            // The child ends as this pipe does.
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("closing the pipe to the schema registry", e);
        }
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path jar, Path folder) throws IOException {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(IGNORING_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Small and quick to start: it serves a handful of schemas.
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.io.tmpdir=" + temp);
        command.add("-Dquarkus.http.host=" + FreePorts.HOST);
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.banner.enabled=false");
        command.add("-Dquarkus.log.level=WARN");
        command.add("-Dquarkus.log.category.\"io.apicurio\".level=WARN");
        // Logs the address that listeningOn looks for.
        command.add("-Dquarkus.log.category.\"io.quarkus\".level=INFO");
        command.add("-Dquarkus.datasource.jdbc.initial-size=1");
        command.add("-Dquarkus.datasource.jdbc.min-size=1");
        command.add("-Dquarkus.datasource.jdbc.max-size=8");
        command.addAll(List.of("-cp", childClasses(folder) + ":" + jar));
        command.addAll(List.of(ChildMain.class.getName(), mainClass(jar)));
        return command;
    }

    /** A class path with {@link ChildMain} alone: the rest of ours must not get in the registry's way. */
    private static Path childClasses(Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        String name = ChildMain.class.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream source = ChildMain.class.getClassLoader().getResourceAsStream(name);
                OutputStream copy = Files.newOutputStream(target)) {
            if (source == null) {
                throw new IOException("the class path lacks " + name);
            }
            source.transferTo(copy);
        }
        return classes;
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (name == null) {
                throw new IOException(jar + " names no main class");
            }
            return name;
        }
    }

    private static StackStartException noRegistry(Path home, @Nullable IOException problem) {
        return new StackStartException(
                "there is no schema registry in " + home + ": it must hold apicurio-registry-app-…-runner.jar and lib;"
                        + " build it with: mvn -DskipTests -pl app -am package",
                problem);
    }

    private String readLog() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "(cannot read it: " + e + ")";
        }
    }
}
