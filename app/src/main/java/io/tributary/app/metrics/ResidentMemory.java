package io.tributary.app.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the machine's memory this process has: the JVM knows nothing of what models take outside of its heap. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; NaN where the system does not say. */
    static double bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(LINE)) {
                    String kilobytes =
                            line.substring(LINE.length()).replace("kB", "").strip();
                    return 1024.0 * Long.parseLong(kilobytes);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
