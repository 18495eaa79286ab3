package io.tributary.benchmarks.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a learning plane has come, by what its group has committed. */
final class Progressed {

    /** A transaction ends with a marker, and behind the last ones, one for each thread, nobody commits an offset. */
    private static final long MARKERS = 2;

    private final String group;
    private final Map<TopicPartition, OffsetSpec> predictions = new HashMap<>();
    private final Map<TopicPartition, OffsetSpec> feedback;
    private final Admin admin;

    Progressed(EnsembleSpec spec) {
        this.group = spec.learningGroup();
        this.admin = Admin.create(Map.of("bootstrap.servers", spec.kafka().bootstrap()));
        for (int partition = 0; partition < LearningCase.PARTITIONS; partition++) {
            predictions.put(new TopicPartition(spec.topics().predictions(), partition), OffsetSpec.latest());
        }
        this.feedback = Map.of(new TopicPartition(spec.topics().feedback(), 0), OffsetSpec.latest());
    }

    boolean hasReadPredictions() throws InterruptedException, ExecutionException {
        return lag(predictions) <= 0;
    }

    /**
     * Whether all outcomes have been joined and what came of them was learned. Joining commits an outcome's offset together
     * with the feedback, which is in its topic by then.
     *
     * @param outcomes where each partition ends behind the outcomes
     */
    boolean hasLearned(Map<TopicPartition, Long> outcomes) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> offsets = committed();
        return outcomes.entrySet().stream().allMatch(end -> offset(offsets, end.getKey()) >= end.getValue())
                && lag(feedback) <= MARKERS;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> offsets, TopicPartition partition) {
        @Nullable OffsetAndMetadata offset = offsets.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    /** Of all that was written: what is not committed yet is no reason to think that nothing is left. */
    private long lag(Map<TopicPartition, OffsetSpec> of) throws InterruptedException, ExecutionException {
        long lag = 0;
        for (ListOffsetsResultInfo end : admin.listOffsets(of).all().get().values()) {
            lag += end.offset();
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = committed();
        for (TopicPartition partition : of.keySet()) {
            lag -= offset(offsets, partition);
        }
        return lag;
    }
}
