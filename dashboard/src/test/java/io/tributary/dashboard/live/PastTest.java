package io.tributary.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PastTest {

    private final Past<String> past = new Past<>();

    @Test
    void put_ofLongAgo_isPassedOver() {
        past.put(10_000, "now");
        past.put(10_000 - Past.SECONDS, "then");
        past.put(10_000 - Past.SECONDS + 1, "just");

        assertThat(past.all()).containsOnlyKeys(10_000L, 10_001 - Past.SECONDS);
    }

    @Test
    void put_ofLater_pushesOutWhatIsOlderThanAnHour() {
        past.put(1, "a");
        past.put(2, "b");
        past.put(1 + Past.SECONDS, "c");

        assertThat(past.all()).containsOnlyKeys(2L, 1 + Past.SECONDS);
    }

    @Test
    void takeChangedFrom_afterChanges_isTheEarliestOfThem() {
        past.put(7, "a");
        past.put(5, "b");

        assertThat(past.takeChangedFrom()).isEqualTo(5);
        assertThat(past.takeChangedFrom()).isNull();
    }

    @Test
    void step_ofALongerPast_isLongerSoThatPointsStayFew() {
        past.put(0, "a");
        past.put(600, "b");
        assertThat(past.step()).isEqualTo(1);
        past.put(3599, "c");
        assertThat(3600 / past.step()).isLessThanOrEqualTo(720);
    }
}
