package io.tributary.app.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineGpusTest {

    @TempDir
    Path devices;

    private static EnsembleSpec spec(String gpu) {
        return SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [x]
                members: {a: {onnx: a.onnx}}
                slots: {deep: {gpu: GPU, members: [a]}}
                """.replace("GPU", gpu), Path.of("test.yaml"));
    }

    @Test
    void indices_countTheDriversDevicesThatCudaMaySee() throws Exception {
        assertThat(MachineGpus.indices(devices, null)).isEmpty();
        assertThat(MachineGpus.indices(devices.resolve("absent"), null)).isEmpty();
        for (String name : List.of("nvidia0", "nvidia1", "nvidia2", "nvidiactl", "nvidia-uvm", "null")) {
            Files.createFile(devices.resolve(name));
        }
        assertThat(MachineGpus.indices(devices, null)).containsExactly(0, 1, 2);
        assertThat(MachineGpus.indices(devices, "2,0")).containsExactly(0, 1);
        assertThat(MachineGpus.indices(devices, "1,-1,2")).containsExactly(0);
        assertThat(MachineGpus.indices(devices, "")).isEmpty();
    }

    @Test
    void settle_noGpuAndOneNeeded_isRefused() {
        assertThatThrownBy(() -> MachineGpus.settle(spec("1"), Set.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("slot groups deep have gpu: 1", "this machine shows no GPU", "gpu: preferred");
    }

    @Test
    void settle_noGpuAndOnePreferred_runsOnTheCpuAndSaysSo() {
        EnsembleSpec settled = MachineGpus.settle(spec("preferred"), Set.of());
        assertThat(settled.slots().onGpu()).isEmpty();
        assertThat(MachineGpus.warning(spec("preferred"), settled))
                .hasValue("slot groups deep prefer a GPU and run on the CPU: no GPU is free for them");
    }

    @Test
    void settle_aGpu_isTakenByWhoNeedsOrPrefersIt() {
        for (String gpu : List.of("1", "preferred")) {
            EnsembleSpec settled = MachineGpus.settle(spec(gpu), Set.of(0));
            assertThat(settled.slots().onGpu()).containsExactly("deep");
            assertThat(MachineGpus.warning(spec(gpu), settled)).isEmpty();
        }
    }
}
