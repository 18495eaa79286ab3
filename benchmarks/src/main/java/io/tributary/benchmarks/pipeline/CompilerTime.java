package io.tributary.benchmarks.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the threads that compile Java's byte code have spent. A drain of seconds has many times as much of it a record as a
 * job that runs for days, so it is told apart. The JVM must be told to keep these threads, with {@link #KEPT}.
 */
final class CompilerTime {

    /** The option of the JVM that keeps its compilers' threads from coming and going. */
    static final String KEPT = "-XX:-UseDynamicNumberOfCompilerThreads";

    private static final Path THREADS = Path.of("/proc/self/task");

    private final List<Path> compilers;

    private CompilerTime(List<Path> compilers) {
        this.compilers = compilers;
    }

    /** Of the threads that there are now; of none where the system does not tell. */
    static CompilerTime watch() {
        if (!Files.isDirectory(THREADS)) {
            return new CompilerTime(List.of());
        }
        try (Stream<Path> threads = Files.list(THREADS)) {
            return new CompilerTime(threads.filter(CompilerTime::isCompiler)
                    .map(thread -> thread.resolve("schedstat"))
                    .toList());
        } catch (IOException e) {
            return new CompilerTime(List.of());
        }
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*");
        } catch (IOException e) {
            // It has ended meanwhile.
            return false;
        }
    }

    /** So far, in nanoseconds. */
    long nanos() {
        long sum = 0;
        for (Path compiler : compilers) {
            try {
                String times = Files.readString(compiler);
                sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "a thread of the compiler has ended, which " + KEPT + " should prevent: " + compiler, e);
            }
        }
        return sum;
    }
}
