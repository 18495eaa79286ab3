package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"1k, 1024", "64m, 67108864", "2G, 2147483648", "' 3 M ', 3145728"})
    void parse_numberAndUnit_isThatMany(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "m", "-1m", "1.5g", "64mb", "9999999999m"})
    void parse_anythingElse_isNull(String text) {
        assertThat(Sizes.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0m", "64m", "2048m"})
    void text_ofWholeMebibytes_isReadBack(String text) {
        assertThat(Sizes.text(Objects.requireNonNull(Sizes.parse(text)))).isEqualTo(text);
    }
}
