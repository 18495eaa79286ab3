package io.tributary.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes, some fifty times a second, what this JVM has spent so far: it costs some thousandths of one core. */
final class Spending implements AutoCloseable {

    private static final long EVERY_MILLIS = 20;
    private static final Path MEMORY = Path.of("/proc/self/status");
    private static final Path FORGET_PEAK = Path.of("/proc/self/clear_refs");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CompilerTime compilers = CompilerTime.watch();
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "spending");
    private volatile boolean closed;

    /**
     * What had been spent at a moment.
     *
     * @param millis when, epoch milliseconds
     * @param cpuNanos by all threads of the process
     * @param compilerNanos by those of them that compile Java's byte code
     * @param allocated bytes by each {@link ThreadGroup}'s threads that were alive
     */
    record Sample(long millis, long cpuNanos, long compilerNanos, long[] allocated) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private Spending() {}

    static Spending watch() {
        forgetPeak();
        Spending spending = new Spending();
        spending.thread.setDaemon(true);
        spending.thread.start();
        return spending;
    }

    private void run() {
        try {
            while (!closed) {
                samples.add(now());
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sample now() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] allocated = new long[ThreadGroup.values().length];
        for (int i = 0; i < ids.length; i++) {
            @Nullable ThreadInfo info = infos[i];
            if (info != null && bytes[i] > 0) {
                allocated[ThreadGroup.of(info.getThreadName()).ordinal()] += bytes[i];
            }
        }
        return new Sample(System.currentTimeMillis(), system.getProcessCpuTime(), compilers.nanos(), allocated);
    }

    /** All that was noted; to be asked for once closed. */
    List<Sample> samples() {
        return samples;
    }

    /** The most memory that the process has held since this began, in bytes; 0 where the system does not tell. */
    static long peakBytes() {
        try {
            return Files.readAllLines(MEMORY).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void forgetPeak() {
        try {
            Files.writeString(FORGET_PEAK, "5");
        } catch (IOException e) {
            // Then the peak is that of all the cases so far.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
