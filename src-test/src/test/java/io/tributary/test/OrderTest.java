package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.plane.Planes;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.RecordReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions of one id come out in the order of its events, and partitions without events hold up nobody. */
class OrderTest {

    private static final int IDS = 20;
    private static final int EVENTS = 400;
    private static final int HEADER = 5;

    @ParameterizedTest
    @CsvSource({
        "order-one, ''",
        "order-apart, 'slots: {trees: {members: [boosted, forest]}, rest: {members: [mlp, logistic, rules]}}'"
    })
    void predictionsOfOneId_areInTheOrderOfItsEvents_thoughPartitionsAreIdle(String name, String slots)
            throws Exception {
        Stack stack = Stack.shared();
        Path file = stack.fraudFile(name);
        EnsembleSpec spec = SpecParser.parse(Files.writeString(file, Files.readString(file) + slots + "\n"));
        stack.prepare(spec, 4);
        List<PlayedEvent> payments = Payments.played(spec, stack.registry()).subList(0, IDS);
        RecordReader reader = new RecordReader(stack.registry(), null);
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), 2));
                Records records = new Records(stack.bootstrap())) {
            planes.awaitRunning(progress -> {});
            for (int i = 0; i < EVENTS; i++) {
                byte[] payment = payments.get(i % IDS).record();
                // One key, so one partition: the other three have nothing.
                records.send(spec.events().topic(), "all", at(payment, reader.read(payment), i));
            }
            Map<String, List<Long>> times = new HashMap<>();
            ContractDeserializer<Prediction> deserializer =
                    new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
            for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                    stack.bootstrap(),
                    spec.topics().predictions(),
                    Duration.ofSeconds(30),
                    all -> all.size() >= EVENTS)) {
                Prediction prediction = deserializer.deserialize(record.topic(), record.value());
                times.computeIfAbsent(prediction.eventId(), id -> new ArrayList<>())
                        .add(prediction.eventTimeMillis());
            }

            assertThat(times).hasSize(IDS);
            assertThat(times.values())
                    .allSatisfy(each -> assertThat(each).hasSize(EVENTS / IDS).isSorted());
        }
    }

    /** The same payment at another time. */
    private static byte[] at(byte[] record, GenericRecord payment, long time) throws IOException {
        payment.put("tx_datetime", time);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(record, 0, HEADER);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(payment.getSchema()).write(payment, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
