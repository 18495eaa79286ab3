package io.tributary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * What was measured on.
 *
 * @param cpu the processor's model
 * @param cores how many of it this process may use
 * @param memoryBytes all memory of the machine; 0 where that is unknown
 * @param jdk the JVM and its version
 * @param os the operating system and its version
 */
public record Machine(String cpu, int cores, long memoryBytes, String jdk, String os) {

    private static final String UNKNOWN = "unknown";

    /** This machine. */
    public static Machine here() {
        String memory = valueIn(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return new Machine(
                valueIn(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory.isEmpty() ? 0 : Long.parseLong(memory) << 10,
                property("java.vm.name") + " " + property("java.runtime.version"),
                property("os.name") + " " + property("os.version"));
    }

    /** In one line. */
    public String line() {
        return String.format(
                Locale.ROOT, "%s, %d cores, %.1f GiB, %s, %s", cpu, cores, memoryBytes / (double) (1 << 30), jdk, os);
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static String valueIn(Path file, String key) {
        Function<String, String> value =
                line -> line.substring(line.indexOf(':') + 1).strip();
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(value)
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
