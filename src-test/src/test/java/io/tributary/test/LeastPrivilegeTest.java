package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.look.Checkup;
import io.tributary.app.look.Standing;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Preflight;
import io.tributary.app.plane.Topics;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The users of the manifests for Kubernetes may do what their programs do, and not what others are for. */
class LeastPrivilegeTest {

    private static final int EVENTS = 300;

    private final Stack stack = Stack.shared();

    @TempDir
    private Path folder;

    private SecuredBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new SecuredBroker(folder);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private EnsembleSpec specOf(String user) {
        return broker.specOf(user, stack.registryUrl());
    }

    @Test
    void planesDashboardAndProducer_eachAsItsOwnUser_workTogether() throws Exception {
        EnsembleSpec learner = specOf("fraud-learning");
        EnsembleSpec scorer = specOf("fraud-scoring");
        EnsembleSpec shop = specOf("card-shop");
        try (Broker asLearner = Broker.connect(learner)) {
            // As run --only learning does before it starts.
            Topics.prepare(learner, asLearner, stack.registry(), false, 1);
            Preflight.check(learner, asLearner, stack.registry());
        }
        List<PlayedEvent> events = Payments.played(shop, stack.registry()).subList(0, EVENTS);
        Tally tally = new Tally(shop, events);
        try (Planes learning = Planes.start(learner, settings(Planes.Which.LEARNING));
                Planes scoring = Planes.start(scorer, settings(Planes.Which.SCORING))) {
            learning.awaitRunning(progress -> {});
            scoring.awaitRunning(progress -> {});
            try (Watch watch = Watch.start(specOf("fraud-dashboard"), stack.registry(), tally);
                    Watch ofRun = Watch.start(learner, stack.registry(), new Tally(learner, events));
                    Player player = new Player(shop, stack.registry(), tally, Duration.ofDays(1), scoring::failure)) {
                player.play(new Pace.Lockstep(100));
                assertThat(watch.failure()).isNull();
                assertThat(ofRun.failure()).isNull();
            }
            assertThat(learning.failure()).isEmpty();
        }

        assertThat(tally.predictions()).isEqualTo(EVENTS);
        assertThat(tally.weights().version()).isEqualTo(EVENTS);
    }

    /** It may look at topics and at no group. */
    @Test
    void status_ofWhoMayNotSeeGroups_saysSoAndTellsTheRest() throws Exception {
        Standing standing = Checkup.of(
                specOf("fraud-dashboard"),
                stack.registry(),
                "http://localhost:1",
                Duration.ofMinutes(5),
                System.currentTimeMillis());

        assertThat(standing.problems())
                .anyMatch(each -> each.contains("cannot be looked up") && each.contains("the right to describe it"))
                .noneMatch(each -> each.contains("no Kafka broker") || each.contains("no learning plane"));
        assertThat(standing.emitted()).isNotNull();
    }

    @Test
    void dashboard_mayNotWrite() {
        EnsembleSpec.Topics own = specOf("fraud-dashboard").topics();

        for (String topic : List.of(own.control(), own.weights(), own.predictions())) {
            assertRefusedToWrite("fraud-dashboard", topic);
        }
    }

    @Test
    void planes_mayNotWriteWhatTheOtherOneSays() {
        EnsembleSpec spec = specOf("fraud-scoring");

        assertRefusedToWrite("fraud-scoring", spec.topics().weights());
        assertRefusedToWrite("fraud-scoring", spec.outcomes().topic());
        assertRefusedToWrite("fraud-learning", spec.topics().predictions());
        assertRefusedToWrite("fraud-learning", spec.topics().control());
    }

    @Test
    void producer_mayNotReadScores() {
        EnsembleSpec.Topics own = specOf("card-shop").topics();
        Map<String, Object> properties = broker.properties("card-shop");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(own.predictions(), 0)));
            consumer.seekToBeginning(consumer.assignment());

            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        assertRefusedToWrite("card-shop", own.control());
    }

    private void assertRefusedToWrite(String user, String topic) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.properties(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[0]))
                            .get())
                    .as("%s writes to %s", user, topic)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    private Planes.Settings settings(Planes.Which which) {
        return new Planes.Settings(stack.work(), null, 1, Duration.ofMillis(500), which, null);
    }
}
