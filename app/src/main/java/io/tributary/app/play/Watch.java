package io.tributary.app.play;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Emitted;
import io.tributary.dashboard.read.Watcher;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what both planes emit from now on, on a thread of its own, and hands it to a {@link Watcher}. The newest
 * weights from before are handed over too.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Emitted emitted;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private Watch(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        this.consumer = Emitted.consumer(spec, Map.of("fetch.max.wait.ms", "50", "max.poll.records", "5000"));
        this.emitted = new Emitted(spec, registry, watcher);
        this.thread = new Thread(this::follow, "watch-" + spec.ensemble());
        thread.setDaemon(true);
    }

    /** Starts following; what is emitted after this returns is seen. */
    public static Watch start(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        Watch watch = new Watch(spec, registry, watcher);
        watch.seek(spec.topics());
        watch.thread.start();
        return watch;
    }

    private void seek(EnsembleSpec.Topics topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.predictions(), topics.weights(), topics.metrics(), topics.deadLetters())) {
            consumer.partitionsFor(topic, PATIENCE)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions.stream()
                .filter(each -> !each.topic().equals(topics.weights()))
                .toList());
        consumer.seekToBeginning(partitions.stream()
                .filter(each -> each.topic().equals(topics.weights()))
                .toList());
        // Seeking is lazy: asking for the position makes it happen now.
        partitions.forEach(each -> consumer.position(each, PATIENCE));
    }

    private void follow() {
        try {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    emitted.take(record);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("the watch is over", e);
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    /** What stopped the watch; null while it goes on. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
