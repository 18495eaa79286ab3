package io.tributary.dashboard.read;

import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * From where each partition is read: a compacted topic whole, another one from an hour ago, yet not less than some records
 * so that there is something to see, nor more than can be read in seconds.
 */
final class Beginnings {

    private static final Duration PAST = Duration.ofHours(1);
    private static final long LEAST = 100;
    private static final long MOST = 50_000;

    private final EnsembleSpec.Topics topics;

    Beginnings(EnsembleSpec.Topics topics) {
        this.topics = topics;
    }

    /** The offset of each partition. */
    Map<TopicPartition, Long> of(
            Collection<TopicPartition> partitions, Consumer<?, ?> consumer, long nowMillis, Duration patience) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, patience);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions, patience);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(each -> times.put(each, nowMillis - PAST.toMillis()));
        Map<TopicPartition, OffsetAndTimestamp> hourAgo = consumer.offsetsForTimes(times, patience);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition each : partitions) {
            long last = end.getOrDefault(each, 0L);
            OffsetAndTimestamp timed = hourAgo.get(each);
            long wanted = Math.min(timed == null ? last : timed.offset(), last - LEAST);
            long bounded = isCompacted(each.topic()) ? 0 : Math.max(wanted, last - MOST);
            offsets.put(each, Math.max(first.getOrDefault(each, 0L), bounded));
        }
        return offsets;
    }

    private boolean isCompacted(String topic) {
        return topic.equals(topics.weights()) || topic.equals(topics.control());
    }
}
