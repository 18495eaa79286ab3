package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Preflight;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a real broker allows is known before a job starts, not at its first transaction. */
class PreflightTest {

    private final Stack stack = Stack.shared();

    @Test
    void check_transactionsLongerThanTheBrokerAllows_namesBothValuesAndWhatToChange() throws Exception {
        EnsembleSpec spec = onceWithin("preflight-long", 3_600_000);
        try (Broker broker = Broker.connect(spec)) {
            assertThatThrownBy(() -> Preflight.check(spec, broker, stack.registry()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("transaction.timeout.ms = 3600000")
                    .hasMessageContaining("transaction.max.timeout.ms = 900000")
                    .hasMessageContaining("kafka.properties")
                    .hasMessageContaining("delivery: at-least-once");
        }
    }

    @Test
    void check_transactionsWithinWhatTheBrokerAllows_passes() throws Exception {
        EnsembleSpec spec = onceWithin("preflight-short", 900_000);
        try (Broker broker = Broker.connect(spec)) {
            assertThatCode(() -> Preflight.check(spec, broker, stack.registry()))
                    .doesNotThrowAnyException();
        }
    }

    private EnsembleSpec onceWithin(String name, int transactionMillis) throws Exception {
        Path file = stack.fraudFile(name);
        String yaml = Files.readString(file)
                .replace("delivery: at-least-once", "delivery: exactly-once")
                .replace(
                        "bootstrap: " + stack.bootstrap(),
                        "bootstrap: " + stack.bootstrap() + "\n  properties: {transaction.timeout.ms: '"
                                + transactionMillis + "'}");
        return SpecParser.parse(Files.writeString(file, yaml));
    }
}
