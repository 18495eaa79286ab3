package io.tributary.dashboard.read;

import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** From where each partition is read. */
final class Beginnings {

    private final EnsembleSpec.Topics topics;
    private final Reach reach;

    Beginnings(EnsembleSpec.Topics topics, Reach reach) {
        this.topics = topics;
        this.reach = reach;
    }

    /** The offset of each partition. */
    Map<TopicPartition, Long> of(
            Collection<TopicPartition> partitions, Consumer<?, ?> consumer, long nowMillis, Duration patience) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, patience);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions, patience);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(each -> times.put(each, nowMillis - reach.past().toMillis()));
        Map<TopicPartition, OffsetAndTimestamp> then = consumer.offsetsForTimes(times, patience);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition each : partitions) {
            long last = end.getOrDefault(each, 0L);
            OffsetAndTimestamp timed = then.get(each);
            long wanted = Math.min(timed == null ? last : timed.offset(), last - reach.least());
            long bounded = isWhole(each.topic()) ? 0 : Math.max(wanted, last - reach.most());
            offsets.put(each, Math.max(first.getOrDefault(each, 0L), bounded));
        }
        return offsets;
    }

    private boolean isWhole(String topic) {
        return topic.equals(topics.control()) || (reach.isWithAllWeights() && topic.equals(topics.weights()));
    }
}
