package io.tributary.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContenderTest {

    @Test
    void order_overAsManyRoundsAsThereAre_hasEachOnceInEachPlace() {
        List<Contender> all = Contender.order(0);
        assertThat(all).contains(Contender.TRIBUTARY).containsAll(Contender.alternatives());
        assertThat(all).doesNotContain(Contender.PASSTHROUGH);

        for (int place = 0; place < all.size(); place++) {
            int at = place;
            assertThat(IntStream.range(3, 3 + all.size())
                            .mapToObj(turn -> Contender.order(turn).get(at)))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }
}
