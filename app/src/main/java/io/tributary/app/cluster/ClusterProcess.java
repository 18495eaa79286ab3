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
 * @param birth when it started: {@code BOOT/TICKS} where the system has {@code /proc}, for those stay the same when the
 *     wall clock is set; else epoch milliseconds
 */
record ClusterProcess(String name, Path pidFile, long pid, String birth) {

    static final String SUFFIX = ".pid";

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of the words after the command's name in {@code /proc/PID/stat}: the third field and the twenty-second. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    /** Start times are reckoned from the time of boot, which is known to the second. */
    private static final long TOLERANCE_MILLIS = 5_000;

    private static final long GLANCE_MILLIS = 50;

    /** Notes down a process that was just started. */
    static ClusterProcess record(Path pidFile, ProcessHandle handle) {
        String birth = birth(handle.pid()).orElseGet(() -> Long.toString(start(handle)));
        try {
            Files.writeString(pidFile, handle.pid() + " " + birth + "\n");
        } catch (IOException e) {
            handle.destroyForcibly();
            throw new UncheckedIOException("cannot write " + pidFile, e);
        }
        return new ClusterProcess(nameOf(pidFile), pidFile, handle.pid(), birth);
    }

    /** What a pid file says; empty if that is nothing. */
    static Optional<ClusterProcess> read(Path pidFile) {
        try {
            String[] words = Files.readString(pidFile).strip().split(" ");
            if (!words[1].contains("/")) {
                Long.parseLong(words[1]);
            }
            return Optional.of(new ClusterProcess(nameOf(pidFile), pidFile, Long.parseLong(words[0]), words[1]));
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

    /** What tells a process from all others that have or had its pid; empty without {@code /proc}. */
    private static Optional<String> birth(long pid) {
        try {
            String boot = Files.readString(BOOT).strip();
            return stat(pid).map(words -> boot + "/" + words[START_TICKS]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isThis(ProcessHandle other) {
        return birth.contains("/")
                ? birth(pid).equals(Optional.of(birth))
                : Math.abs(start(other) - Long.parseLong(birth)) <= TOLERANCE_MILLIS;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(this::isThis)
                .filter(ProcessHandle::isAlive)
                .filter(each -> !isZombie(each.pid()));
    }

    boolean isAlive() {
        return handle().isPresent();
    }

    /** One that has ended and whose parent has not asked for its exit code. */
    private static boolean isZombie(long pid) {
        return stat(pid).filter(words -> words[STATE].equals("Z")).isPresent();
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
