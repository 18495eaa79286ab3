package io.tributary.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher, which becomes the command, or what else a person types, as a process of its own, with a temporary folder of its own, so that what it leaves behind shows. */
final class Command {

    private final Process process;
    private final Path temporary;
    private final Path output;

    private Command(Process process, Path temporary, Path output) {
        this.process = process;
        this.temporary = temporary;
        this.output = output;
    }

    static Command start(String... arguments) {
        return start(Stack.home().resolve("tributary"), Map.of(), arguments);
    }

    /** The same by another launcher, with more in its environment. */
    static Command start(Path launcher, Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>(List.of("bash", launcher.toString()));
        line.addAll(List.of(arguments));
        return start(line, environment, Path.of("").toAbsolutePath());
    }

    /** One command as a person types it in a folder. */
    static Command typed(String line, Path folder) {
        return start(List.of("bash", "-c", "exec " + line), Map.of(), folder);
    }

    private static Command start(List<String> line, Map<String, String> environment, Path in) {
        try {
            Path folder = Files.createTempDirectory(Stack.shared().work().folder("commands"), "run");
            Path temporary = Files.createDirectory(folder.resolve("tmp"));
            Path output = folder.resolve("output");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            builder.environment().put("TMPDIR", temporary.toString());
            return new Command(builder.start(), temporary, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exit code once it has ended; fails when it does not end in time. */
    int await(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("still running after " + limit + ", output so far:\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until its output contains a text. */
    void awaitOutput(String text, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!output().contains(text)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("no '" + text + "' in the output:\n" + output());
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    /** Lets it run on for a moment; fails if it ends. */
    void runOn() throws InterruptedException {
        if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
        }
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** As the kernel does when memory runs out. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has left in its temporary folder. */
    List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            // The JVM's own performance data is not ours and goes with the JVM.
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }
}
