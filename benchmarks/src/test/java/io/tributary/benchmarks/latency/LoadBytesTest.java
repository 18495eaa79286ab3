package io.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec.Delivery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBytesTest {

    private static final Path FOLDER = Path.of("stack");

    @Test
    void most_ofSeveralLoads_isThatOfTheLargestTwoInARow() {
        // 100, 800 and 200 events a second for 30 s, 10 s of warm-up, and one.
        List<Load> loads = List.of(load(0.1), load(0.8), load(0.2));

        assertThat(LoadBytes.most(loads, 1_000, 30, 10)).isEqualTo(10 * (32_001 + 8_001));
    }

    @Test
    void require_tooLittleIsFree_saysHowMuchAndWhatToDo() {
        assertThatThrownBy(() -> LoadBytes.require(2_500_000_000L, 1_000_000_000L, 300, FOLDER))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("up to 2.5 GB at a time to stack, where 1.0 GB are free")
                .hasMessageContaining("--seconds less than 300");
        assertThatCode(() -> LoadBytes.require(1_000, 1_000, 300, FOLDER)).doesNotThrowAnyException();
    }

    private static Load load(double share) {
        return new Load(share, Delivery.AT_LEAST_ONCE, false);
    }
}
