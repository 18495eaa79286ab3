package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.member.Device;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slot groups with {@code gpu}: what is asked of Flink, and where their members are opened. */
class GpuSlotsTest {

    @TempDir
    Path folder;

    private final FakeMemberFactory members =
            new FakeMemberFactory("onnx").with("a", row -> 0.5).with("b", row -> 0.5);

    private EnsembleSpec spec(String gpu) throws Exception {
        Files.writeString(folder.resolve("a.onnx"), "a");
        Files.writeString(folder.resolve("b.onnx"), "b");
        String yaml = Files.readString(Samples.file(folder))
                .replace("a: {rules: [{when: x > 0.0, score: 0.5}]}", "a: {onnx: a.onnx}")
                .replace("b: {rules: [{when: x > 0.0, score: 0.5}]}", "b: {onnx: b.onnx}");
        return SpecParser.parse(Files.writeString(
                folder.resolve("gpu.yaml"), yaml + "slots: {all: {gpu: " + gpu + ", members: [a, b]}}\n"));
    }

    @Test
    void membersOfAGroupWithGpu_areSpreadOverAllThatAreOffered() throws Exception {
        try (ScoringHarness harness = ScoringHarness.of(spec("1"), members, Set.of(1, 0))) {
            harness.open();
            assertThat(members.device("a")).isEqualTo(new Device(0));
            assertThat(members.device("b")).isEqualTo(new Device(1));
        }
    }

    @Test
    void groupThatPrefersAGpu_settledWithout_staysOnTheCpuThoughFlinkOffersOne() throws Exception {
        try (ScoringHarness harness = ScoringHarness.of(spec("preferred").onGpu(Set.of()), members, Set.of(0))) {
            harness.open();
            assertThat(members.device("a")).isEqualTo(Device.CPU);
        }
    }

    @Test
    void groupThatPrefersAGpu_settledWith_hasOne() throws Exception {
        try (ScoringHarness harness = ScoringHarness.of(spec("preferred").onGpu(Set.of("all")), members, Set.of(2))) {
            harness.open();
            assertThat(members.device("b")).isEqualTo(new Device(2));
        }
    }

    @Test
    void groupThatNeedsAGpu_whereFlinkNamesNone_failsForGood() throws Exception {
        ScoringHarness harness = ScoringHarness.of(spec("1"), members);
        assertThatThrownBy(harness::open)
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContainingAll("slot group all needs a GPU", "external resource gpu");
    }

    @Test
    void flink_isAskedForAGpu_whereOneIsNeededAndFlinkHasThem() throws Exception {
        assertThat(asksForGpu(spec("1"), MemberSource.classPath())).isTrue();
        assertThat(asksForGpu(spec("preferred").onGpu(Set.of("all")), MemberSource.classPath()))
                .isTrue();
        assertThat(asksForGpu(spec("preferred"), MemberSource.classPath())).isFalse();
        assertThat(asksForGpu(spec("1"), MemberSource.classPath(Set.of(0)))).isFalse();
    }

    private static boolean asksForGpu(EnsembleSpec spec, MemberSource source) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        ScoringJob.build(env, spec, Duration.ofSeconds(1), source);
        for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
            if (vertex.getSlotSharingGroup()
                    .getResourceProfile()
                    .getExtendedResources()
                    .containsKey(MemberSource.GPU)) {
                return true;
            }
        }
        return false;
    }
}
