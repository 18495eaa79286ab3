package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ExpiryLogTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store = MemoryStore.open(Serdes.Bytes());
    private final ExpiryLog log = new ExpiryLog(store);

    private List<String> drain(long from, long until) {
        List<String> drained = new ArrayList<>();
        assertThat(log.drain(from, until, NO_LIMIT, drained::add)).isEqualTo(until);
        return drained;
    }

    @Test
    void drain_takesWholeSeconds_andLeavesNothingOfThem() {
        log.add(999, "a");
        log.add(1000, "b");
        log.add(1999, "c");
        log.add(2000, "d");

        assertThat(drain(0, 2000)).containsExactly("a", "b", "c");
        assertThat(drain(2000, 3000)).containsExactly("d");
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void events_ofOneSecond_shareEntriesOfBoundedLength() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add("123e4567-e89b-12d3-a456-42661417" + (1000 + i));
            log.add(5000 + i % 1000, ids.get(i));
        }

        assertThat(store.approximateNumEntries()).isBetween(9L, 10L);
        assertThat(drain(0, 6000)).containsExactlyElementsOf(ids);
    }

    @Test
    void severalThatAdd_toTheSameSecond_overwriteNothing() {
        ExpiryLog otherSide = new ExpiryLog(store);
        log.add(5000, "a");
        otherSide.add(5000, "b");
        new ExpiryLog(store).add(5000, "c");
        log.add(5000, "d");
        log.add(4000, "e");
        log.add(5000, "f");

        assertThat(drain(0, 6000)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    }

    @Test
    void drain_ofMoreThanAtOnce_goesOnWhereItEnded() {
        for (int second = 1; second <= 3; second++) {
            log.add(1000 * second, "first of " + second);
            log.add(1000 * second, "second of " + second);
        }
        List<String> drained = new ArrayList<>();
        long at = log.drain(0, 9000, 3, drained::add);
        assertThat(drained).hasSize(4);
        assertThat(at).isEqualTo(3000);

        assertThat(log.drain(at, 9000, 3, drained::add)).isEqualTo(9000);
        assertThat(drained).hasSize(6);
    }

    @Test
    void event_addedWhileItsSecondIsDrained_stays() {
        log.add(1000, "held");
        assertThat(log.drain(0, 2000, NO_LIMIT, id -> log.add(1500, id))).isEqualTo(2000);
        assertThat(drain(0, 2000)).containsExactly("held");
    }
}
