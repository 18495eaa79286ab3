package io.tributary.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EmbeddedBrokerTest {

    private static final String TOPIC = "events";

    @TempDir
    private Path parent;

    @Test
    void start_transactionalRoundTrip_readsCommittedOnlyAndLeavesNothing() throws Exception {
        WorkDirectory work = WorkDirectory.in(parent);
        List<String> read;
        try (EmbeddedBroker broker = EmbeddedBroker.start(work, EmbeddedBroker.ANY_PORT)) {
            createTopic(broker.bootstrap());
            produce(broker.bootstrap());
            read = readCommitted(broker.bootstrap());
        }
        work.close();

        assertThat(read).containsExactly("committed 1", "committed 2");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void start_wantedPortTaken_namesThePort() throws IOException {
        try (WorkDirectory work = WorkDirectory.in(parent);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.HOST))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(work, taken.getLocalPort()))
                    .isInstanceOf(StackStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("taken");
        }
    }

    private static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void produce(String bootstrap) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "transactional.id", "test");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(old("committed 1"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(old("aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(old("committed 2"));
            producer.commitTransaction();
        }
    }

    /** A record from 1970, as a replayed file may hold. */
    private static ProducerRecord<String, String> old(String value) {
        return new ProducerRecord<>(TOPIC, null, 1L, "key", value);
    }

    private static List<String> readCommitted(String bootstrap) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (values.size() < 2) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(message.value());
                }
            }
        }
        return values;
    }
}
