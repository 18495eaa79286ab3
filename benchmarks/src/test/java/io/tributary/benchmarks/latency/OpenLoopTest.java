package io.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.benchmarks.pipeline.Shape;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final int EVENTS = 50;

    /** What the fake producer gives as the append time. */
    private static final long NO_TIME = -1;

    private final NumberedEvents events = new NumberedEvents(Shape.FRAUD.schema(), 1);
    private final Times appended = new Times(EVENTS, NO_TIME);

    @Test
    void send_atARate_sendsEachEventOnceInTurnOverThePartitions() {
        MockProducer<byte[], byte[]> producer = producer(true);
        OpenLoop loop = new OpenLoop(producer, "events", 2, events, appended);

        loop.sendOne();
        loop.send(EVENTS - 1, 1e6);
        loop.flush();

        assertThat(loop.sent()).isEqualTo(EVENTS);
        assertThat(loop.behindMicros().getTotalCount()).isEqualTo(EVENTS - 1);
        assertThat(producer.history()).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            ProducerRecord<byte[], byte[]> record = producer.history().get(i);
            assertThat(NumberedEvents.number(record.key())).isEqualTo(i);
            assertThat(record.partition()).isEqualTo(i % 2);
            assertThat(appended.has(i)).isTrue();
        }
    }

    @Test
    void dueMillis_ofEventsAtARate_areTheRatesApart_howeverLateTheyWereSent() {
        OpenLoop loop = new OpenLoop(producer(true), "events", 2, events, appended);
        loop.sendOne();
        long before = System.currentTimeMillis();
        loop.send(EVENTS - 1, 500);
        long after = System.currentTimeMillis();

        assertThat(loop.dueMillis(1)).isBetween(before, after);
        assertThat(loop.dueMillis(11) - loop.dueMillis(1)).isEqualTo(20);
        assertThat(loop.dueMillis(EVENTS - 1) - loop.dueMillis(1)).isEqualTo(2 * (EVENTS - 2));
    }

    @Test
    void flush_brokerHasRefusedAnEvent_saysSo() {
        MockProducer<byte[], byte[]> producer = producer(false);
        OpenLoop loop = new OpenLoop(producer, "events", 1, events, appended);
        loop.sendOne();
        producer.errorNext(new TimeoutException("nobody is there"));

        assertThatThrownBy(loop::flush)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("events cannot be sent to events: nobody is there");
    }

    private static MockProducer<byte[], byte[]> producer(boolean answersAtOnce) {
        return new MockProducer<>(answersAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
