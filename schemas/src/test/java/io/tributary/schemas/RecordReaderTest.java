package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.feedback.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final Schema LISTS = SchemaBuilder.record("Lists")
            .fields()
            .name("bytes")
            .type()
            .bytesType()
            .noDefault()
            .name("items")
            .type()
            .array()
            .items()
            .longType()
            .noDefault()
            .endRecord();

    private FakeRegistry fake;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws Exception {
        fake = new FakeRegistry();
        registry = new SchemaRegistry(fake.url(), Map.of());
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void read_ofWhatIsNoRecord_saysWhy() {
        RecordReader reader = new RecordReader(registry, null);
        int number = registry.register("n-value", Schema.create(Schema.Type.LONG));

        assertReason(reader, new byte[0], "only 0 bytes long");
        assertReason(reader, new byte[] {1, 0, 0, 0, 1, 5}, "begins with byte 0x01");
        assertReason(reader, new byte[] {0, 0, 0, 9, 9, 5}, "schema id 2313 is not known");
        assertReason(reader, new byte[] {0, 0, 0, 0, (byte) number, 5}, "is of type long, must be a record");
    }

    @Test
    void read_ofBytesThatDoNotFit_saysSo() {
        byte[] whole = outcome();
        RecordReader reader = new RecordReader(registry, null);

        assertReason(reader, Arrays.copyOf(whole, whole.length - 3), "not Avro of schema id");
        assertReason(reader, Arrays.copyOf(whole, whole.length + 1), "bytes are left over");
    }

    @Test
    void read_ofLengthsBeyondTheRecord_isRefused() throws Exception {
        int id = registry.register("lists-value", LISTS);
        RecordReader reader = new RecordReader(registry, null);
        for (long length :
                new long[] {1L << 24, 800_000_000, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            byte[] bytes = record(id, out -> out.writeLong(length));
            byte[] items = record(id, out -> {
                out.writeLong(0);
                out.writeLong(length);
            });

            assertReason(reader, bytes, "not Avro of schema id");
            assertReason(reader, items, "schema id");
        }
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    private static byte[] record(int id, Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, (byte) id});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writing.to(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Test
    void read_ofGarbage_neverThrowsAnythingElse() {
        int id = registry.register("outcome-value", Codecs.OUTCOME.schema());
        RecordReader reader = new RecordReader(registry, null);
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[5 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = 0;
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
            bytes[4] = (byte) id;
            try {
                reader.read(bytes);
            } catch (UndecodableException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(19_000);
    }

    @Test
    void read_whenTheRegistryFails_isNoFaultOfTheRecord() {
        byte[] record = outcome();
        fake.setBroken(true);
        RecordReader reader = new RecordReader(new SchemaRegistry(fake.url(), Map.of()), null);
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(fake.url());
        fake.close();
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll("no schema registry answers", fake.url());
    }

    @Test
    void read_ofAnotherVersion_resolvesToTheExpectedOne() throws Exception {
        Schema older = SchemaBuilder.record("Outcome")
                .namespace("io.tributary")
                .fields()
                .requiredString("eventId")
                .requiredLong("time")
                .optionalString("extra")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(older)
                .set("eventId", "e")
                .set("time", 4L)
                .build();
        byte[] bytes = new RecordWriter(older, registry.register("older-value", older)).write(record);

        Outcome outcome = new ContractDeserializer<>(registry, Codecs.OUTCOME).deserialize("older", bytes);

        assertThat(outcome).isEqualTo(new Outcome("e", Double.NaN, Outcome.Kind.FINAL, 4, null, Double.NaN));
    }

    private byte[] outcome() {
        return new ContractSerializer<>(registry, Codecs.OUTCOME)
                .serialize("outcome", new Outcome("event", 1, Outcome.Kind.FINAL, 4, "review", 0.5));
    }

    private static void assertReason(RecordReader reader, byte[] record, String reason) {
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(reason);
    }
}
