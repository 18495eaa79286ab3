package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "5ms, 5",
        "2s, 2000",
        "10m, 600000",
        "3h, 10800000",
        "45d, 3888000000",
        "' 7 s ', 7000",
        "999999999d, 86399999913600000"
    })
    void parse_numberAndUnit_isThatLong(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "ms", "-5s", "1.5h", "5 weeks", "5S", "1h30m", "9999999999d", "PT5S", "٥s"})
    void parse_anythingElse_isNull(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "1005ms", "2s", "90s", "10m", "3h", "25h", "45d"})
    void text_ofADuration_isWhatPeopleWrite(String text) {
        assertThat(Durations.text(Objects.requireNonNull(Durations.parse(text))))
                .isEqualTo(text);
    }
}
