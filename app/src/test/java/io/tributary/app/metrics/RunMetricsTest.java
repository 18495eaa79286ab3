package io.tributary.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    @Test
    void scrape_withoutPlanes_tellsOfTheProcess() {
        try (RunMetrics metrics = new RunMetrics()) {
            String text = metrics.scrape();

            assertThat(text.lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("[{ ]")[0])
                            .collect(Collectors.toSet()))
                    .contains(
                            "jvm_memory_used_bytes",
                            "jvm_gc_memory_allocated_bytes_total",
                            "jvm_threads_live_threads",
                            "process_cpu_usage",
                            "process_files_open_files",
                            "process_uptime_seconds");
            double resident = text.lines()
                    .filter(line -> line.startsWith("process_resident_memory_bytes "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .sum();
            assertThat(resident).isBetween(10e6, 100e9);
        }
    }
}
