package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are swapped for others give back what they took, of every engine. */
class SwapMemoryTest {

    private static final int SETTLED = 10;
    private static final int CYCLES = 100;

    /** A process of its own, with a heap of one size, so that what grows is outside of the heap. */
    @Test
    void swapping_aHundredTimes_leavesResidentMemoryWhereItWasAfterTen(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwapCycles.class.getName(),
                        Integer.toString(CYCLES),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("done in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<Long> resident = Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Long.valueOf(line.substring("resident ".length())))
                .toList();
        assertThat(resident).as(Files.readString(output)).hasSize(CYCLES);
        assertThat(resident.get(CYCLES - 1))
                .as("KiB after each cycle: " + resident)
                .isLessThanOrEqualTo(resident.get(SETTLED - 1) * 11 / 10);
    }
}
