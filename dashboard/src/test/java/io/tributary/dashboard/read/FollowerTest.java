package io.tributary.dashboard.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the reader when whoever watches cannot take a record. */
class FollowerTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final EnsembleSpec spec = TestSpecs.of("a", "b");
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private FakeRegistry server;
    private SchemaRegistry registry;
    private final List<byte[]> letters = new ArrayList<>();

    /** Takes dead letters, after something was done by their offset. */
    private record Letters(BlockingQueue<String> seen, LongConsumer before) implements Watcher {

        @Override
        public void prediction(Prediction prediction) {
            throw new AssertionError();
        }

        @Override
        public void weights(Weights weights) {
            throw new AssertionError();
        }

        @Override
        public void metrics(Metrics metrics) {
            throw new AssertionError();
        }

        @Override
        public void deadLetter(DeadLetter letter) {
            before.accept(letter.offset());
            seen.add("letter " + letter.offset());
        }

        @Override
        public void readable(@Nullable String problem) {
            if (problem != null) {
                seen.add(problem);
            }
        }
    }

    /** A broker with one partition of each topic. */
    private static final class OneOfEach extends MockConsumer<byte[], byte[]> {

        private OneOfEach(EnsembleSpec.Topics topics) {
            super("none");
            Stream.of(topics.predictions(), topics.weights(), topics.metrics(), topics.deadLetters(), topics.control())
                    .forEach(each -> {
                        updatePartitions(each, List.of(new PartitionInfo(each, 0, null, null, null)));
                        updateBeginningOffsets(Map.of(new TopicPartition(each, 0), 0L));
                        updateEndOffsets(Map.of(new TopicPartition(each, 0), 0L));
                    });
        }

        /** The mock does not know it by itself: there are no records of any time. */
        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            return new HashMap<>();
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return endOffsets(partitions);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        registry = new SchemaRegistry(server.url(), Map.of());
        for (long offset = 0; offset < 3; offset++) {
            DeadLetter letter =
                    new DeadLetter(spec.events().topic(), 0, offset, "decode", "why", null, new byte[0], 0, null, 0);
            letters.add(new ContractSerializer<>(registry, Codecs.DEAD_LETTER)
                    .serialize(spec.topics().deadLetters(), letter));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Follows three letters. */
    private Follower follow(LongConsumer before) {
        return Follower.start(spec, registry, this::withLetters, new Letters(seen, before), () -> 0);
    }

    private OneOfEach withLetters() {
        OneOfEach consumer = new OneOfEach(spec.topics());
        String topic = spec.topics().deadLetters();
        consumer.schedulePollTask(() -> {
            for (int k = 0; k < letters.size(); k++) {
                consumer.addRecord(new ConsumerRecord<>(topic, 0, k, new byte[0], letters.get(k)));
            }
        });
        return consumer;
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void record_thatCannotBeTaken_isSkipped() throws Exception {
        LongConsumer odd = offset -> {
            if (offset == 0) {
                throw new StringIndexOutOfBoundsException("odd");
            }
        };
        try (Follower follower = follow(odd)) {
            assertThat(follower).isNotNull();
            assertThat(next()).isEqualTo("letter 1");
            assertThat(next()).isEqualTo("letter 2");
        }
    }

    @Test
    void error_thatEndsTheReader_isSaid() throws Exception {
        LongConsumer broken = offset -> {
            throw new StackOverflowError("too deep");
        };
        try (Follower follower = follow(broken)) {
            assertThat(follower).isNotNull();
            assertThat(next()).startsWith("the reader has ended").contains("too deep");
        }
    }

    @Test
    void registry_thatFails_isWaitedForAndNothingIsSkipped() throws Exception {
        server.setBroken(true);
        SchemaRegistry failing = new SchemaRegistry(server.url(), Map.of());
        try (Follower follower =
                Follower.start(spec, failing, this::withLetters, new Letters(seen, offset -> {}), () -> 0)) {
            assertThat(follower).isNotNull();
            assertThat(next()).startsWith("the topics cannot be read, trying again");
            server.setBroken(false);
            String said = next();
            while (!said.startsWith("letter")) {
                said = next();
            }
            assertThat(said).isEqualTo("letter 0");
        }
    }
}
