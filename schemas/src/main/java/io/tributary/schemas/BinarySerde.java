package io.tributary.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A record in Avro's binary encoding behind one byte that numbers the layout: for state stores and internal topics,
 * which no registry describes. Not for several threads.
 *
 * @param <T> the record
 */
public final class BinarySerde<T> implements Serde<T>, Serializer<T>, Deserializer<T> {

    private final Codec<T> codec;
    private final byte[] header;
    private final List<GenericDatumReader<GenericRecord>> readers = new ArrayList<>();
    private final EncodeBuffer buffer = new EncodeBuffer();
    private @Nullable BinaryDecoder decoder;

    /** A serde of the given codec. */
    public BinarySerde(Codec<T> codec) {
        this.codec = codec;
        this.header = new byte[] {(byte) codec.layouts().size()};
        for (Schema layout : codec.layouts()) {
            readers.add(new GenericDatumReader<>(layout, codec.schema()));
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        return buffer.encode(header, out -> codec.write(value, out));
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length == 0 || data[0] < 1 || data[0] > readers.size()) {
            throw new SerializationException("a record of " + topic + " has layout "
                    + (data.length == 0 ? "none" : data[0]) + ", this version reads layouts up to " + readers.size());
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(data, 1, data.length - 1, decoder);
            return codec.read(readers.get(data[0] - 1).read(null, decoder));
        } catch (IOException e) {
            throw new SerializationException(
                    "a record of " + topic + " is no " + codec.schema().getName(), e);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(java.util.Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
