package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.RegistryException;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    private final RestartBudget budget = new RestartBudget();

    private static Throwable passing() {
        return new StreamsException(new RegistryException("no answer", new IOException("refused")));
    }

    @Test
    void failure_thatPasses_isWaitedForLongerEachTime() {
        assertThat(budget.pauseBeforeRestart(passing(), 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(budget.pauseBeforeRestart(passing(), 1000)).isEqualTo(Duration.ofSeconds(2));
        assertThat(budget.pauseBeforeRestart(new StreamsException(new TimeoutException("late")), 3000))
                .isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 5; i++) {
            budget.pauseBeforeRestart(passing(), 4000);
        }
        assertThat(budget.pauseBeforeRestart(passing(), 5000)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void failure_thatWouldRepeatItself_isNotRestarted() {
        assertThat(budget.pauseBeforeRestart(new StreamsException(new IllegalStateException("other members")), 0))
                .isNull();
    }

    @Test
    void failures_tooMany_endIt() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.pauseBeforeRestart(passing(), i)).isNotNull();
        }
        assertThat(budget.pauseBeforeRestart(passing(), 20)).isNull();
    }

    @Test
    void failures_longAgo_areForgotten() {
        for (int i = 0; i < 20; i++) {
            budget.pauseBeforeRestart(passing(), i);
        }
        long later = Duration.ofMinutes(16).toMillis();
        assertThat(budget.pauseBeforeRestart(passing(), later)).isEqualTo(Duration.ofSeconds(1));
    }
}
