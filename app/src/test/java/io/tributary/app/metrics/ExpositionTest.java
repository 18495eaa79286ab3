package io.tributary.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final Exposition exposition = new Exposition();

    @Test
    void text_ofSamples_hasThoseOfANameTogetherAndSaysWhatTheyAre() {
        exposition.add("b_total", Map.of("member", "mlp"), 1);
        exposition.add("a", Map.of(), 0.5);
        exposition.add("b_total", Map.of("member", "forest"), 2);
        exposition.add("c_bucket", Map.of("le", "+Inf"), 3);

        assertThat(exposition.text()).isEqualTo("""
                # TYPE a gauge
                a 0.5
                # TYPE b_total counter
                b_total{member="mlp"} 1.0
                b_total{member="forest"} 2.0
                c_bucket{le="+Inf"} 3.0
                """);
    }

    @Test
    void text_ofOddValues_isAsTheFormatHasThem() {
        exposition.add("a", new TreeMap<>(Map.of("one", "say \"hi\"", "two", "C:\\x\ny")), Double.NaN);
        exposition.add("a", Map.of(), Double.POSITIVE_INFINITY);
        exposition.add("a", Map.of(), Double.NEGATIVE_INFINITY);

        assertThat(exposition.text()).isEqualTo("""
                # TYPE a gauge
                a{one="say \\"hi\\"",two="C:\\\\x\\ny"} NaN
                a +Inf
                a -Inf
                """);
    }
}
