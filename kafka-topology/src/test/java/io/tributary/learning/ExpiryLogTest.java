package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ExpiryLogTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store = MemoryStore.open(Serdes.Bytes());
    private final ExpiryLog log = new ExpiryLog(store, ExpiryLog.Writer.OUTCOMES);

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
    void bothSides_whichAddToTheSameSecond_overwriteNothing() {
        ExpiryLog otherSide = new ExpiryLog(store, ExpiryLog.Writer.PREDICTIONS);
        log.add(5000, "a");
        otherSide.add(5000, "b");
        log.add(5000, "c");
        log.add(4000, "d");
        otherSide.add(5000, "e");
        log.add(5000, "f");
        otherSide.add(5000, "g");

        assertThat(drain(0, 6000)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void log_afterAnother_goesOnWithWhatThatLeft() {
        for (int i = 0; i < 3; i++) {
            new ExpiryLog(store, ExpiryLog.Writer.OUTCOMES).add(5000, "id" + i);
        }

        assertThat(store.approximateNumEntries()).isEqualTo(1);
        assertThat(drain(0, 6000)).containsExactly("id0", "id1", "id2");
    }

    /** As labels that are held come back, each as of another second than the one before. */
    @Test
    void events_ofSecondsInTurns_shareEntriesThatAreFoundInFewSteps() {
        int seconds = 5;
        int ofEach = 1000;
        AtomicInteger reads = new AtomicInteger();
        ExpiryLog counted = new ExpiryLog(countingReads(reads), ExpiryLog.Writer.OUTCOMES);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < seconds * ofEach; i++) {
            ids.add("123e4567-e89b-12d3-a456-42661417" + (1000 + i));
            counted.add(1000 * (i % seconds), ids.get(i));
        }

        assertThat(store.approximateNumEntries()).isLessThan(ids.size() / 10);
        assertThat(reads.get()).isLessThan(20 * ids.size());
        assertThat(drain(0, 1000L * seconds)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, byte[]> countingReads(AtomicInteger reads) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void seconds_partlyDrained_takeMoreWithoutLoss() {
        for (int i = 0; i < 200; i++) {
            log.add(1000 + 1000 * (i % 2), "event-" + i);
        }
        List<String> drained = new ArrayList<>();
        assertThat(log.drain(0, 9000, 30, drained::add)).isEqualTo(1000);
        for (int i = 200; i < 400; i++) {
            log.add(1000 + 1000 * (i % 2), "event-" + i);
        }
        log.drain(0, 9000, NO_LIMIT, drained::add);

        assertThat(drained).hasSize(400).doesNotHaveDuplicates();
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

    @Test
    void event_addedToASecondThatIsStillToBeDrained_isDrainedWithIt() {
        log.add(1000, "held");
        log.add(2000, "other");
        List<String> drained = new ArrayList<>();
        log.drain(0, 3000, NO_LIMIT, id -> {
            drained.add(id);
            if (drained.size() == 1) {
                log.add(2000, id);
            }
        });

        assertThat(drained).containsExactly("held", "other", "held");
        assertThat(store.approximateNumEntries()).isZero();
    }
}
