package io.tributary.app.plane;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PreflightIntervalTest {

    @Test
    void checkInterval_longerThanTransactionsLast_isTheUsersToChange() {
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [x]
                members: {m: {onnx: m.onnx}}
                delivery: exactly-once
                """, Path.of("test.yaml"));
        assertThatThrownBy(() -> Preflight.checkInterval(spec, Duration.ofMinutes(10)))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("test.yaml", "600000 ms", "--checkpoint");
        assertThatCode(() -> Preflight.checkInterval(spec, Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }
}
