package io.tributary.benchmarks.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a learning plane has come, by what its group has committed. */
final class Progressed {

    /**
     * A transaction ends with a marker, and behind the last ones nobody commits an offset: one for the outcomes of each
     * partition, and one for the feedback of each thread.
     */
    private static final long MARKERS = 2;

    private final String group;
    private final Map<TopicPartition, OffsetSpec> predictions = new HashMap<>();
    private final Map<TopicPartition, OffsetSpec> outcomes = new HashMap<>();
    private final Map<TopicPartition, OffsetSpec> feedback;
    private final Admin admin;

    Progressed(EnsembleSpec spec) {
        this.group = spec.learningGroup();
        this.admin = Admin.create(Map.of("bootstrap.servers", spec.kafka().bootstrap()));
        for (int partition = 0; partition < LearningCase.PARTITIONS; partition++) {
            predictions.put(new TopicPartition(spec.topics().predictions(), partition), OffsetSpec.latest());
            outcomes.put(new TopicPartition(spec.outcomes().topic(), partition), OffsetSpec.latest());
        }
        this.feedback = Map.of(new TopicPartition(spec.topics().feedback(), 0), OffsetSpec.latest());
    }

    boolean hasReadPredictions() throws InterruptedException, ExecutionException {
        return lag(predictions) <= 0;
    }

    /** Whether all outcomes have been joined, and at least so many feedback records and all that there are been learned. */
    boolean hasLearned(long least) throws InterruptedException, ExecutionException {
        return lag(outcomes) <= MARKERS && committed(feedback) >= least && lag(feedback) <= MARKERS;
    }

    private long committed(Map<TopicPartition, OffsetSpec> of) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long sum = 0;
        for (TopicPartition partition : of.keySet()) {
            @Nullable OffsetAndMetadata offset = offsets.get(partition);
            sum += offset == null ? 0 : offset.offset();
        }
        return sum;
    }

    private long lag(Map<TopicPartition, OffsetSpec> of) throws InterruptedException, ExecutionException {
        long written = 0;
        for (ListOffsetsResultInfo end : admin.listOffsets(of, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()) {
            written += end.offset();
        }
        return written - committed(of);
    }
}
