package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class ArrayEncoderTest {

    private static final byte[] HEADER = {7, 8};

    private final EncodeBuffer buffer = new EncodeBuffer();

    @Test
    void encode_ofAnyRecord_isWhatAvroWrites() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            RandomSchemas random = new RandomSchemas(seed);
            Schema schema = random.event();
            GenericRecord record = random.record(schema);
            assertSame(out -> new GenericDatumWriter<GenericRecord>(schema).write(record, out));
        }
    }

    @Test
    void encode_ofTextsAndNumbersAtTheirEnds_isWhatAvroWrites() throws IOException {
        assertSame(out -> {
            for (String text :
                    new String[] {"", "plain", "ein Wört", "x".repeat(2000), "\u007f\u0080", "\ud83d\ude00"}) {
                out.writeString(text);
                out.writeString(new Utf8(text));
            }
            for (long number : new long[] {0, -1, 63, 64, -65, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
                out.writeLong(number);
                out.writeInt((int) number);
            }
            out.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2));
            out.writeDouble(Double.NaN);
            out.writeFloat(-0f);
            out.writeBoolean(true);
        });
    }

    private void assertSame(EncodeBuffer.Body body) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(HEADER);
        BinaryEncoder avro = EncoderFactory.get().binaryEncoder(expected, null);
        body.write(avro);
        avro.flush();

        assertThat(buffer.encode(HEADER, body)).isEqualTo(expected.toByteArray());
    }
}
