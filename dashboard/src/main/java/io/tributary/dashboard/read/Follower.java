package io.tributary.dashboard.read;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.RegistryException;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an ensemble's topics on a thread of its own, whatever becomes of the broker, the planes or the topics: it says
 * that it cannot read, tries again, and goes on where it was. A record that cannot be taken is logged and skipped. It is in no consumer group and leaves nothing behind.
 */
public final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How often it is asked whether the broker is still there, and whether there are more partitions. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private static final Map<String, String> SETTINGS = Map.of(
            "client.id", "tributary-dashboard",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "none",
            "fetch.max.wait.ms", "100",
            "max.poll.records", "2000",
            "reconnect.backoff.max.ms", "1000");

    private final EnsembleSpec spec;
    private final Emitted emitted;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Watcher watcher;
    private final LongSupplier clock;
    private final Beginnings beginnings;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Follower(
            EnsembleSpec spec,
            SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Watcher watcher,
            LongSupplier clock) {
        this.spec = spec;
        this.emitted = new Emitted(spec, registry, watcher);
        this.consumers = consumers;
        this.watcher = watcher;
        this.clock = clock;
        this.beginnings = new Beginnings(spec.topics(), Reach.AN_HOUR);
        this.thread = new Thread(this::run, "dashboard-follow-" + spec.ensemble());
        thread.setDaemon(true);
    }

    /** Begins to follow; the broker need not be there yet. */
    public static Follower start(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher, LongSupplier clock) {
        return start(spec, registry, () -> Emitted.consumer(spec, SETTINGS), watcher, clock);
    }

    /** The same, reading by consumers of one's choice; each is closed before the next is asked for. */
    static Follower start(
            EnsembleSpec spec,
            SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Watcher watcher,
            LongSupplier clock) {
        Follower follower = new Follower(spec, registry, consumers, watcher, clock);
        follower.thread.start();
        return follower;
    }

    private void run() {
        try {
            while (!isClosed()) {
                try {
                    follow();
                } catch (OffsetOutOfRangeException e) {
                    // The topic was made anew, or retention was faster than this.
                    next.keySet().removeAll(e.partitions());
                } catch (RuntimeException e) {
                    // The registry, say, may be away as well as the broker.
                    LOG.debug("cannot follow {}", spec.ensemble(), e);
                    watcher.readable(cannotRead(e));
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer following", e);
        } catch (Error e) {
            LOG.error("the reader of {} has ended", spec.ensemble(), e);
            watcher.readable("the reader has ended, start the dashboard again (" + e + ")");
        }
    }

    private String cannotRead(RuntimeException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String what = e instanceof KafkaException ? "Kafka at " + spec.kafka().bootstrap() : "the topics";
        return what + " cannot be read, trying again (" + why + ")";
    }

    private void follow() throws InterruptedException {
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            long looked = 0;
            while (!isClosed()) {
                if (looked == 0 || System.nanoTime() - looked > LOOK_AGAIN.toNanos()) {
                    assign(consumer);
                    looked = System.nanoTime();
                }
                if (consumer.assignment().isEmpty()) {
                    pause();
                    continue;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("woken up", e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    /** One odd record does not keep those after it from being read; a registry that is away does. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            emitted.take(record);
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("skipped {}-{} offset {}", record.topic(), record.partition(), record.offset(), e);
        }
    }

    /** Reads all partitions that there are; throws if the broker does not answer. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String topic : Emitted.topics(spec)) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, PATIENCE);
            if (found == null || found.isEmpty()) {
                missing.add(topic);
            } else {
                found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
        }
        if (!consumer.assignment().equals(Set.copyOf(partitions))) {
            next.keySet().retainAll(partitions);
            List<TopicPartition> fresh =
                    partitions.stream().filter(each -> !next.containsKey(each)).toList();
            next.putAll(beginnings.of(fresh, consumer, clock.getAsLong(), PATIENCE));
            consumer.assign(partitions);
            partitions.forEach(each -> consumer.seek(each, next.getOrDefault(each, 0L)));
        }
        watcher.readable(
                missing.isEmpty()
                        ? null
                        : "no topic " + String.join(", ", missing) + " at "
                                + spec.kafka().bootstrap() + " yet");
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Waits a little, or until this is closed. */
    private void pause() throws InterruptedException {
        if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("closed while waiting");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
