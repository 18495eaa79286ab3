package io.tributary.benchmarks.process;

import io.tributary.app.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with this one's class path, so that what it spends is told apart from what others spend. It ends with
 * this one, however that ends. One task at a time.
 */
public final class ChildJvm implements AutoCloseable {

    private static final long END_MILLIS = 5_000;

    /** Ctrl-C reaches children too; ignored there, it leaves the parent to end them in order. */
    private static final List<String> IGNORING_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    private final String name;
    private final Process process;
    private final Path log;
    private final ObjectOutputStream tasks;
    private final ObjectInputStream answers;

    private ChildJvm(String name, Process process, Path log) throws IOException {
        this.name = name;
        this.process = process;
        this.log = log;
        this.tasks = new ObjectOutputStream(process.getOutputStream());
        tasks.flush();
        this.answers = new ObjectInputStream(process.getInputStream());
    }

    /**
     * Starts one.
     *
     * @param folder where it may write; its log and its temporary files lie there
     * @param name what it is called in messages, and its folder
     * @param options of the JVM, such as {@code -Xmx1g}
     */
    public static ChildJvm start(Path folder, String name, List<String> options) {
        try {
            // The name is what a run's own folder must begin with.
            Path own = Files.createDirectories(folder.resolve("tributary-" + name));
            Path temporary = Files.createDirectories(own.resolve("tmp"));
            Path log = folder.resolve(name + ".log");
            List<String> command = new ArrayList<>(IGNORING_CTRL_C);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> option.startsWith("--add-")
                            || option.startsWith("-Dtributary.home")
                            || option.startsWith("-Dtributary.log.level"))
                    .forEach(command::add);
            command.add("-Dtributary.work=" + own);
            command.add("-Djava.io.tmpdir=" + temporary);
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TaskServer.class.getName()));
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new ChildJvm(name, process, log);
        } catch (IOException e) {
            throw new UserError("the JVM for " + name + " did not start in " + folder + ": " + e, e);
        }
    }

    /**
     * Has the child do something and waits for it.
     *
     * @throws UserError if it fails there, with what the child said, or the child has ended
     */
    public synchronized <R extends Serializable> R call(ChildTask<R> task) {
        try {
            tasks.writeObject(task);
            // Else the stream keeps every task for good.
            tasks.reset();
            tasks.flush();
            Object answer = answers.readObject();
            if (answer instanceof TaskServer.Failure failure) {
                throw new UserError(task.getClass().getSimpleName() + " failed in the JVM for " + name + ": "
                        + failure.stackTrace());
            }
            @SuppressWarnings("unchecked") // The child answers with what the task's method returned.
            R result = (R) answer;
            return result;
        } catch (EOFException e) {
            throw new UserError(
                    "the JVM for " + name + " has ended during "
                            + task.getClass().getSimpleName() + "; the end of its log:\n" + LogTail.of(log),
                    e);
        } catch (IOException | ClassNotFoundException e) {
            throw new UserError(
                    "the JVM for " + name + " cannot be spoken to: " + e + "; the end of its log:\n" + LogTail.of(log),
                    e);
        }
    }

    /** Its process, for what is asked of it from outside. */
    public long pid() {
        return process.pid();
    }

    /** Ends it and waits for that, some seconds at most. */
    @Override
    public void close() {
        try {
            // The child ends as this pipe does.
            process.getOutputStream().close();
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
