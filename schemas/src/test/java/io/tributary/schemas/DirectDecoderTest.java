package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectDecoderTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private DirectDecoder decoder() {
        return new DirectDecoder().begin(bytes.toByteArray(), 0);
    }

    private List<Double> byAvro() throws IOException {
        Schema doubles = Schema.createArray(Schema.create(Schema.Type.DOUBLE));
        return new GenericDatumReader<List<Double>>(doubles)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private void writeDoubles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeDouble(i);
        }
    }

    /** Eight times the counts above 2^28 do not fit an int; some are 0 there, others negative. */
    @ParameterizedTest
    @ValueSource(longs = {4, 1 << 28, 1 << 29, 3L << 28, 1L << 30, 1L << 32, 1L << 61, Long.MAX_VALUE, Long.MIN_VALUE})
    void block_ofMoreThanIsLeft_isRefusedAsAvroDoes(long count) throws IOException {
        out.writeLong(count);
        writeDoubles(3);
        out.writeLong(0);

        assertThatThrownBy(this::byAvro).isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> decoder().skipDoubles()).isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> decoder().doubles()).isInstanceOfAny(IOException.class, RuntimeException.class);
    }

    /** The size of the second one is wrong, which Avro does not look at when it reads. */
    @Test
    void blocks_thatStateTheirSize_areReadAndSkippedAsAvroReadsThem() throws IOException {
        out.writeLong(-2);
        out.writeLong(2 * Double.BYTES);
        writeDoubles(2);
        out.writeLong(-30);
        out.writeLong(7);
        writeDoubles(30);
        out.writeLong(1);
        writeDoubles(1);
        out.writeLong(0);

        assertThat(decoder().doubles())
                .hasSize(33)
                .containsExactly(
                        byAvro().stream().mapToDouble(Double::doubleValue).toArray());
        DirectDecoder skipping = decoder();
        skipping.skipDoubles();
        assertThat(skipping.in().isEnd()).isTrue();
    }

    @Test
    void names_ofSeveralBlocks_areAllRead() throws IOException {
        out.writeLong(2);
        out.writeString("a");
        out.writeString("b");
        out.writeLong(-1);
        out.writeLong(2);
        out.writeString("c");
        out.writeLong(0);

        assertThat(decoder().names()).containsExactly("a", "b", "c");
    }

    @Test
    void names_moreThanBytesAreLeft_areRefusedBeforeAnyIsRead() throws IOException {
        out.writeLong(5);
        out.writeString("a");
        out.writeLong(0);

        assertThatThrownBy(() -> decoder().names())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a block of 5 items of at least 1 bytes each, but 3 bytes are left");
    }
}
