package io.tributary.benchmarks.latency;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A producer that sends at a stated rate by its own clock, whatever becomes of what it has sent, and notes when the broker
 * appended each event. What is late is sent at once, so that a pause costs no event its place.
 */
final class OpenLoop {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int DIGITS = 3;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final NumberedEvents events;
    private final Times appended;
    private final Histogram behindMicros = new Histogram(DIGITS);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;
    private long startMillis;
    private double gapNanos;
    private long firstAtRate;

    /**
     * A producer.
     *
     * @param partitions of the topic, over which events are spread in turn
     * @param appended where to note when the broker appended each event
     */
    OpenLoop(Producer<byte[], byte[]> producer, String topic, int partitions, NumberedEvents events, Times appended) {
        this.producer = producer;
        this.topic = topic;
        this.partitions = partitions;
        this.events = events;
        this.appended = appended;
    }

    /** Sends one event, before or after the rest. */
    void sendOne() {
        long number = sent++;
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, (int) (number % partitions), NumberedEvents.id(number), events.record(number));
        producer.send(record, (metadata, problem) -> {
            if (problem == null) {
                appended.put(number, metadata.timestamp());
            } else {
                failure.set(problem);
            }
        });
    }

    /**
     * Sends at a rate.
     *
     * @param count how many events
     * @param perSecond the rate
     * @throws IllegalStateException if the broker does not take them
     */
    void send(long count, double perSecond) {
        gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        firstAtRate = sent;
        startMillis = System.currentTimeMillis();
        long start = System.nanoTime();
        for (long i = 0; i < count; ) {
            long sinceNanos = System.nanoTime() - start;
            long due = Math.min(count, (long) (sinceNanos / gapNanos) + 1);
            for (; i < due; i++) {
                sendOne();
                long lateNanos = System.nanoTime() - start - (long) (i * gapNanos);
                behindMicros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(lateNanos)));
            }
            check();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits until the broker has taken all events. */
    void flush() {
        producer.flush();
        check();
    }

    private void check() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("events cannot be sent to " + topic + ": " + problem.getMessage(), problem);
        }
    }

    /**
     * When an event was due that was sent at a rate, whenever it was sent, epoch milliseconds.
     *
     * @param number the event's
     */
    long dueMillis(long number) {
        return startMillis + (long) ((number - firstAtRate) * gapNanos / TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** How many events were sent. */
    long sent() {
        return sent;
    }

    /** How long after it was due each event was handed to the producer, in microseconds. */
    Histogram behindMicros() {
        return behindMicros;
    }
}
