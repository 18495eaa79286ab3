package io.tributary.benchmarks.footprint;

import io.tributary.app.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command of the product's, started as a user starts it, with an eye on what it says and on its memory. */
final class Launched implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Launched.class);
    private static final long SAMPLE_MILLIS = 200;
    private static final long END_MILLIS = 30_000;

    private final String shown;
    private final Process process;
    private final long startMillis = System.currentTimeMillis();
    private final List<String> lines = new ArrayList<>();
    private ProcessMemory peak = ProcessMemory.NONE;
    private boolean saidAll;

    private Launched(String shown, Process process) {
        this.shown = shown;
        this.process = process;
        daemon(this::read);
        daemon(this::sample);
    }

    /** Starts {@code ./tributary} with the given arguments. */
    static Launched start(Path home, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("tributary").toString()));
        command.addAll(arguments);
        String shown = "./tributary " + String.join(" ", arguments);
        try {
            return new Launched(
                    shown, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UserError(shown + " did not start: " + e, e);
        }
    }

    private static void daemon(Runnable what) {
        Thread thread = new Thread(what, "launched");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // It has been ended, and its output with it.
            LOG.debug("{} says no more", shown, e);
        } finally {
            synchronized (this) {
                saidAll = true;
                notifyAll();
            }
        }
    }

    private void sample() {
        try {
            while (process.isAlive()) {
                ProcessMemory now = ProcessMemory.ofTree(process.toHandle());
                synchronized (this) {
                    peak = peak.max(now);
                }
                Thread.sleep(SAMPLE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When it was started, epoch milliseconds. */
    long startMillis() {
        return startMillis;
    }

    /** The most memory that it was seen to hold, with what it had started. */
    synchronized ProcessMemory peak() {
        return peak;
    }

    /**
     * Waits until it prints something.
     *
     * @return the first match
     * @throws UserError if it ends before that, or takes longer than the given time
     */
    synchronized Matcher await(Pattern wanted, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int next = 0; ; ) {
            for (; next < lines.size(); next++) {
                Matcher matcher = wanted.matcher(lines.get(next));
                if (matcher.find()) {
                    return matcher;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (saidAll || left <= 0) {
                throw new UserError(
                        shown + " did not say " + wanted + " within " + millis + " ms; it said:\n" + said());
            }
            wait(Math.min(left, SAMPLE_MILLIS));
        }
    }

    /** Waits for its end. */
    void awaitEnd(long millis) throws InterruptedException {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new UserError(shown + " did not end within " + millis + " ms; it said:\n" + said());
        }
        if (process.exitValue() != 0) {
            throw new UserError(shown + " ended with exit code " + process.exitValue() + "; it said:\n" + said());
        }
    }

    private synchronized String said() {
        return String.join("\n", lines);
    }

    /** Ends it as Ctrl-C does, and waits for that. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
