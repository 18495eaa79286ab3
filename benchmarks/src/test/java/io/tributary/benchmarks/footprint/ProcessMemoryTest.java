package io.tributary.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void parse_kernelsText_readsBothSums() {
        ProcessMemory memory = ProcessMemory.parse("""
                55d0-7ffd ---p 00000000 00:00 0    [rollup]
                Rss:              180224 kB
                Pss:              170000 kB
                Pss_Dirty:        150000 kB
                """);

        assertThat(memory).isEqualTo(new ProcessMemory(170_000L << 10, 180_224L << 10, 1));
    }

    @Test
    void parse_ofAProcessThatHasEnded_isNothing() {
        assertThat(ProcessMemory.parse("")).isEqualTo(new ProcessMemory(0, 0, 1));
    }

    @Test
    void ofTree_ofThisProcess_countsIt() {
        ProcessMemory memory = ProcessMemory.ofTree(ProcessHandle.current());

        assertThat(memory.processes()).isPositive();
        assertThat(memory.residentBytes()).isGreaterThanOrEqualTo(memory.proportionalBytes());
        assertThat(memory.proportionalBytes()).isPositive();
    }
}
