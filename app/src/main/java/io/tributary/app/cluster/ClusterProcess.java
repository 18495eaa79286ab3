package io.tributary.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of a local cluster, known by its pid file, which outlives the command that started it.
 *
 * @param name what it is
 * @param pidFile its pid and when it started, so that another process that has got the pid since is not taken for it
 * @param pid its process id
 * @param startMillis when it started, epoch milliseconds
 */
record ClusterProcess(String name, Path pidFile, long pid, long startMillis) {

    static final String SUFFIX = ".pid";

    /** Start times are reckoned from the time of boot, which is known to the second. */
    private static final long TOLERANCE_MILLIS = 5_000;

    private static final long GLANCE_MILLIS = 50;

    /** Notes down a process that was just started. */
    static ClusterProcess record(Path pidFile, ProcessHandle handle) {
        long start = start(handle);
        try {
            Files.writeString(pidFile, handle.pid() + " " + start + "\n");
        } catch (IOException e) {
            handle.destroyForcibly();
            throw new UncheckedIOException("cannot write " + pidFile, e);
        }
        return new ClusterProcess(nameOf(pidFile), pidFile, handle.pid(), start);
    }

    /** What a pid file says; empty if that is nothing. */
    static Optional<ClusterProcess> read(Path pidFile) {
        try {
            String[] words = Files.readString(pidFile).strip().split(" ");
            return Optional.of(
                    new ClusterProcess(nameOf(pidFile), pidFile, Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String nameOf(Path pidFile) {
        String file = String.valueOf(pidFile.getFileName());
        return file.substring(0, file.length() - SUFFIX.length());
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(each -> Math.abs(start(each) - startMillis) <= TOLERANCE_MILLIS)
                .filter(ProcessHandle::isAlive)
                .filter(each -> !isZombie(each.pid()));
    }

    boolean isAlive() {
        return handle().isPresent();
    }

    /** One that has ended and whose parent has not asked for its exit code. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it to end. */
    void terminate() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    /** Waits for its end, kills it if that takes too long, and deletes the pid file. */
    void awaitEnd(Duration limit) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                handle().ifPresent(ProcessHandle::destroyForcibly);
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        Files.deleteIfExists(pidFile);
    }
}
