package io.tributary.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void millis_ofAnyDuration_areWithinAnEighthOfIt() {
        for (long micros = 1; micros < 5_000_000_000L; micros = micros * 3 / 2 + 1) {
            Quantiles one = new Quantiles();
            one.add(micros);
            assertThat(one.millis(0.5)).isCloseTo(micros / 1000.0, Percentage.withPercentage(13));
        }
    }

    @Test
    void millis_ofMany_areTheRankAskedFor() {
        Quantiles all = new Quantiles();
        for (int i = 1; i <= 1000; i++) {
            Quantiles one = new Quantiles();
            one.add(i * 1000L);
            all.addAll(one);
        }

        assertThat(all.millis(0.5)).isCloseTo(500, within(65.0));
        assertThat(all.millis(0.99)).isCloseTo(990, within(130.0));
        assertThat(new Quantiles().millis(0.5)).isNaN();
    }
}
