package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Follower;
import io.tributary.dashboard.read.Watcher;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the dashboard reads of topics that come late, go away or are not there. */
class FollowerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stack stack = Stack.shared();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Watcher watcher = new Watcher() {
        @Override
        public void prediction(Prediction prediction) {
            seen.add("prediction " + prediction.eventId());
        }

        @Override
        public void weights(Weights weights) {
            seen.add("weights " + weights.version());
        }

        @Override
        public void metrics(Metrics metrics) {
            seen.add("metrics " + metrics.version());
        }

        @Override
        public void deadLetter(DeadLetter letter) {
            seen.add("letter " + letter.offset());
        }

        @Override
        public void forgotten(String segment) {
            seen.add("forgotten " + segment);
        }

        @Override
        public void readable(@Nullable String problem) {
            seen.add(problem == null ? "readable" : problem);
        }
    };

    private String await(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            String next = seen.poll(1, TimeUnit.SECONDS);
            if (next != null && wanted.test(next)) {
                return next;
            }
        }
        throw new AssertionError("not seen within " + LIMIT);
    }

    @Test
    void topics_thatComeLate_areReadFromTheirBeginning() throws Exception {
        EnsembleSpec spec = stack.fraud("late-topics");
        try (Follower follower = Follower.start(spec, stack.registry(), watcher, System::currentTimeMillis);
                Records records = new Records(stack.bootstrap())) {
            assertThat(follower).isNotNull();
            assertThat(await(each -> each.startsWith("no topic"))).contains("late-topics.predictions");

            stack.prepare(spec);
            send(records, spec, 1);
            records.send(spec.topics().weights(), "late-topics/fr", null);
            send(records, spec, 2);

            assertThat(await(each -> each.startsWith("letter"))).isEqualTo("letter 1");
            assertThat(await(each -> each.startsWith("letter"))).isEqualTo("letter 2");
            await("readable"::equals);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            assertThat(admin.listGroups().all().get())
                    .noneMatch(each -> each.groupId().contains("late-topics"));
        }
    }

    @Test
    void segment_whoseWeightsAreGone_isForgotten() throws Exception {
        EnsembleSpec spec = stack.fraud("gone-segment");
        stack.prepare(spec);
        try (Follower follower = Follower.start(spec, stack.registry(), watcher, System::currentTimeMillis);
                Records records = new Records(stack.bootstrap())) {
            assertThat(follower).isNotNull();
            records.send(spec.topics().weights(), "gone-segment/fr", null);

            assertThat(await(each -> each.startsWith("forgotten"))).isEqualTo("forgotten fr");
        }
    }

    @Test
    void topic_thatIsMadeAnew_isReadAgain() throws Exception {
        EnsembleSpec spec = stack.fraud("new-topic");
        stack.prepare(spec);
        try (Follower follower = Follower.start(spec, stack.registry(), watcher, System::currentTimeMillis);
                Records records = new Records(stack.bootstrap());
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            assertThat(follower).isNotNull();
            send(records, spec, 1);
            send(records, spec, 2);
            await("letter 2"::equals);

            admin.deleteTopics(java.util.List.of(spec.topics().deadLetters()))
                    .all()
                    .get();
            await(each -> each.startsWith("no topic"));
            stack.prepare(spec);
            send(records, spec, 3);

            assertThat(await(each -> each.startsWith("letter"))).isEqualTo("letter 3");
        }
    }

    @Test
    void broker_thatIsNotThere_isSaidAndTriedAgain() throws Exception {
        EnsembleSpec spec = stack.fraud("no-broker").at("localhost:1", stack.registryUrl());
        try (Follower follower = Follower.start(spec, stack.registry(), watcher, System::currentTimeMillis)) {
            assertThat(follower).isNotNull();
            Predicate<String> said = each -> each.startsWith("Kafka at localhost:1 cannot be read, trying again");
            await(said);
            await(said);
        }
    }

    private void send(Records records, EnsembleSpec spec, long offset) {
        String from = spec.events().topic();
        DeadLetter letter = new DeadLetter(
                from, 0, offset, "decode", "why", null, new byte[0], 0, null, System.currentTimeMillis());
        String topic = spec.topics().deadLetters();
        records.send(
                topic, "k", new ContractSerializer<>(stack.registry(), Codecs.DEAD_LETTER).serialize(topic, letter));
    }
}
