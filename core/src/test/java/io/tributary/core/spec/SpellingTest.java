package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KEYS = List.of("ensemble", "learning", "eta", "maxDelay", "fusion");

    @ParameterizedTest
    @CsvSource({
        "lerning, learning",
        "learnign, learning",
        "Learning, learning",
        "maxdelay, maxDelay",
        "max_delay, maxDelay",
        "et, eta",
        "eat, eta",
        "fusions, fusion",
        "esnembel, ensemble"
    })
    void nearest_misspelt_isTheRightWord(String word, String right) {
        assertThat(Spelling.nearest(word, KEYS)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({"colour", "rate", "''", "x", "eeee"})
    void nearest_farFromAll_isNull(String word) {
        assertThat(Spelling.nearest(word, KEYS)).isNull();
    }

    @Test
    void nearest_noCandidates_isNull() {
        assertThat(Spelling.nearest("eta", List.of())).isNull();
    }

    @Test
    void hint_nearOne_asksForIt() {
        assertThat(Spelling.hint("lerning", KEYS)).isEqualTo("; did you mean 'learning'?");
    }

    @Test
    void hint_farFromAll_listsThem() {
        assertThat(Spelling.hint("colour", List.of("eta", "loss"))).isEqualTo("; known are eta, loss");
    }

    @Test
    void hint_manyCandidates_listsSomeAndCountsTheRest() {
        List<String> columns =
                IntStream.range(0, 1000).mapToObj(i -> "merchant#" + i).toList();
        assertThat(Spelling.hint("amount", columns))
                .startsWith("; known are merchant#0, merchant#1, ")
                .endsWith("merchant#24 and 975 more");
    }
}
