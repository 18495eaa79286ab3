package io.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.benchmarks.pipeline.Shape;
import io.tributary.benchmarks.pipeline.SpecText;
import io.tributary.benchmarks.process.StackProcess;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.EnsembleSpec.Delivery;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

    @TempDir
    private Path folder;

    @AfterEach
    void nobodySleeps() {
        System.clearProperty(SleepingMemberFactory.PROPERTY);
    }

    @Test
    void spec_ofALoadThatSleeps_hasOneMemberMoreAndTheDeadline() throws IOException {
        EnsembleSpec spec = spec(new Load(0.1, Delivery.AT_LEAST_ONCE, true));

        assertThat(spec.members()).extracting(MemberSpec::kind).containsExactly("onnx", "rules");
        assertThat(spec.deadline()).isEqualTo(Duration.ofMillis(Load.DEADLINE_MILLIS));
        assertThat(spec.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    }

    @Test
    void spec_ofAnExactlyOnceLoad_delivers() throws IOException {
        EnsembleSpec spec = spec(new Load(0.5, Delivery.EXACTLY_ONCE, false));

        assertThat(spec.members()).hasSize(1);
        assertThat(spec.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    }

    @Test
    void sleepingMember_inAJvmThatIsNotToldSo_opensNothing() {
        assertThat(new SleepingMemberFactory().kinds()).isEmpty();

        System.setProperty(SleepingMemberFactory.PROPERTY, "5000");
        assertThat(new SleepingMemberFactory().kinds()).containsExactly("rules");
    }

    private EnsembleSpec spec(Load load) throws IOException {
        return new SpecText("test", Shape.FRAUD, "events", 64, load.members(), load.specLines())
                .write(
                        folder,
                        new StackProcess.Addresses("localhost:9092", "http://localhost:8081"),
                        List.of(Path.of("models", "mlp-30.onnx").toAbsolutePath()));
    }
}
