package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes are counted by their order, so what was learned under another order is of no use. */
class ClassIdentityTest {

    private final EnsembleSpec spec = TestSpecs.ofClasses(List.of("a", "b"), List.of("red", "green", "blue"), "");
    private final EnsembleSpec reordered = TestSpecs.ofClasses(List.of("a", "b"), List.of("green", "red", "blue"), "");

    @Test
    void state_ofOtherClasses_isRefused() {
        byte[] state = new WeightFold(spec).snapshot();

        new WeightFold(spec).restore(state);
        assertThatThrownBy(() -> new WeightFold(reordered).restore(state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of other classes");
    }

    @Test
    void weights_ofOtherClasses_areNotTaken() {
        assertThat(new Predictor(spec).use(new WeightFold(spec).weights(0))).isTrue();
        assertThat(new Predictor(reordered).use(new WeightFold(spec).weights(0)))
                .isFalse();
    }
}
