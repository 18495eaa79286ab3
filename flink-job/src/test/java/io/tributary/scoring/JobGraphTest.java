package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.runtime.instance.SlotSharingGroupId;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job graph that a spec makes, against graphs that were looked at when they were written down. */
class JobGraphTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain          |
            one-group      | slots: {all: {cpu: 2, heap: 512m, offHeap: 1g, managed: 64m, members: [a, b]}}
            one-gpu-group  | slots: {all: {gpu: 1, members: [a, b]}}
            several-groups | slots: {fast: {members: [b]}, gpu-a: {gpu: 1, cpu: 1, heap: 256m, managed: 64m, members: [a]}, pipeline: {cpu: 0.5, heap: 300m}}
            """)
    void jobGraph_ofASpec_isTheOneWrittenDown(String name, String slots) throws Exception {
        Path file = Files.writeString(
                folder.resolve("graph.yaml"), Files.readString(Samples.file(folder)) + Objects.toString(slots, ""));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        ScoringJob.build(env, SpecParser.parse(file), Duration.ofSeconds(1));

        assertThat(described(env.getStreamGraph().getJobGraph())).isEqualTo(expected(name));
    }

    private static String expected(String name) throws IOException {
        try (var in = JobGraphTest.class.getResourceAsStream("job-graph-" + name + ".txt")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String described(JobGraph graph) {
        StringBuilder text = new StringBuilder();
        List<SlotSharingGroupId> slots = new ArrayList<>();
        for (JobVertex vertex : graph.getVerticesSortedTopologicallyFromSources()) {
            SlotSharingGroupId id = vertex.getSlotSharingGroup().getSlotSharingGroupId();
            if (!slots.contains(id)) {
                slots.add(id);
            }
            ResourceProfile slot = vertex.getSlotSharingGroup().getResourceProfile();
            text.append(vertex.getName())
                    .append("  x")
                    .append(vertex.getParallelism())
                    .append("\n    slot: ")
                    .append(slots.indexOf(id) + 1)
                    .append(slot.equals(ResourceProfile.UNKNOWN) ? "" : ", " + resources(slot))
                    .append('\n');
            for (JobEdge input : vertex.getInputs()) {
                text.append("    from: ")
                        .append(input.getSource().getProducer().getName())
                        .append(", ")
                        .append(input.getShipStrategyName())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String resources(ResourceProfile slot) {
        StringBuilder text =
                new StringBuilder("cpu " + slot.getCpuCores().getValue().stripTrailingZeros()
                        + ", heap " + slot.getTaskHeapMemory()
                        + ", offHeap " + slot.getTaskOffHeapMemory()
                        + ", managed " + slot.getManagedMemory());
        slot.getExtendedResources().forEach((name, amount) -> text.append(", " + name + " " + amount.getValue()));
        return text.toString();
    }
}
