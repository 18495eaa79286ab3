package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.plane.Planes;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Whatever comes in on the features and outcomes topics, the job goes on, and what is unusable is kept with its reason. */
class BadInputTest {

    @Test
    void badRecords_amongGoodOnes_becomeDeadLettersAndTheRestIsScored() throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = stack.fraud("bad-input");
        stack.prepare(spec);
        List<PlayedEvent> good = Payments.played(spec, stack.registry()).subList(0, 20);
        Map<String, byte[]> bad = badRecords(stack, spec);
        Map<String, RecordMetadata> places = new LinkedHashMap<>();
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), 1));
                Records records = new Records(stack.bootstrap())) {
            planes.awaitRunning(progress -> {});
            for (Map.Entry<String, byte[]> each : bad.entrySet()) {
                records.send(
                        spec.events().topic(), "good", good.get(places.size()).record());
                places.put(each.getKey(), records.send(spec.events().topic(), "bad", each.getValue()));
            }
            records.send(spec.events().topic(), "deleted", null);
            records.send(spec.events().topic(), "good", good.get(19).record());
            RecordMetadata badOutcome =
                    records.send(spec.outcomes().topic(), "bad", "not Avro".getBytes(StandardCharsets.UTF_8));

            assertThat(TopicReader.read(
                            stack.bootstrap(),
                            spec.topics().predictions(),
                            Duration.ofSeconds(30),
                            all -> all.size() >= bad.size() + 1))
                    .hasSize(bad.size() + 1);
            List<DeadLetter> letters = letters(stack, spec, bad.size() + 1);
            places.forEach((reason, place) -> assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.offset()).isEqualTo(place.offset());
                assertThat(letter.topic()).isEqualTo(place.topic());
                assertThat(letter.partition()).isEqualTo(place.partition());
                assertThat(letter.stage()).isEqualTo("decode-event");
                assertThat(letter.reason()).contains(reason);
                assertThat(letter.payload()).isEqualTo(bad.get(reason));
                assertThat(letter.payloadLength()).isEqualTo(bad.get(reason).length);
            }));
            assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.topic()).isEqualTo(badOutcome.topic());
                assertThat(letter.stage()).isEqualTo("decode-outcome");
            });
            assertThat(planes.failure()).isEmpty();
        }
    }

    private static List<DeadLetter> letters(Stack stack, EnsembleSpec spec, int count) {
        ContractDeserializer<DeadLetter> deserializer =
                new ContractDeserializer<>(stack.registry(), Codecs.DEAD_LETTER);
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                stack.bootstrap(), spec.topics().deadLetters(), Duration.ofSeconds(30), all -> all.size() >= count)) {
            letters.add(deserializer.deserialize(record.topic(), record.value()));
        }
        assertThat(letters).hasSize(count);
        return letters;
    }

    /** From a part of the reason that is expected to the record. */
    private static Map<String, byte[]> badRecords(Stack stack, EnsembleSpec spec) throws Exception {
        Schema schema = Payments.schema(spec);
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("only 3 bytes long", new byte[] {1, 2, 3});
        bad.put("begins with byte 0x6e", "not Avro at all".getBytes(StandardCharsets.UTF_8));
        bad.put("schema id 999999 is not known", new byte[] {0, 0, 0x0F, 0x42, 0x3F, 1, 2, 3});
        bad.put("not Avro of schema id", new RecordBytes(stack, schema).cutShort());
        bad.put("transaction_id is missing", withField(stack, "string-less", false, true, false));
        bad.put("tx_datetime is missing", withField(stack, "timeless", true, false, false));
        bad.put("tx_amount is the text 'a lot', must be a number", withField(stack, "wordy", true, true, true));
        return bad;
    }

    /** A record whose bytes end too early. */
    private record RecordBytes(Stack stack, Schema schema) {
        byte[] cutShort() {
            int id = stack.registry().register("bad-input.other-value", schema);
            byte[] header = {0, (byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id};
            byte[] cut = new byte[header.length + 2];
            System.arraycopy(header, 0, cut, 0, header.length);
            cut[5] = 10;
            cut[6] = 'x';
            return cut;
        }
    }

    private static byte[] withField(Stack stack, String name, boolean id, boolean time, boolean wordyAmount) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record(name.replace("-", "_")).namespace("bad").fields();
        fields = id ? fields.requiredString("transaction_id") : fields;
        fields = time ? fields.requiredLong("tx_datetime") : fields;
        fields = wordyAmount ? fields.requiredString("tx_amount") : fields;
        Schema schema = fields.endRecord();
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        if (id) {
            record.set("transaction_id", "e1");
        }
        if (time) {
            record.set("tx_datetime", 1L);
        }
        if (wordyAmount) {
            record.set("tx_amount", "a lot");
        }
        GenericData.Record built = record.build();
        return new RecordWriter(schema, stack.registry().register("bad-input." + name + "-value", schema)).write(built);
    }
}
