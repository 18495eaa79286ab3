package io.tributary.schemas;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one contract in the Confluent wire format, whichever version of it was written. Not for several threads.
 *
 * @param <T> the record
 */
public final class ContractDeserializer<T> implements Deserializer<T> {

    private final Codec<T> codec;
    private final RecordReader reader;

    /** A deserializer of the given contract. */
    public ContractDeserializer(SchemaRegistry registry, Codec<T> codec) {
        this.codec = codec;
        this.reader = new RecordReader(registry, codec.schema());
    }

    /**
     * Reads a record.
     *
     * @return null for a null value
     * @throws SerializationException if the bytes are not of this contract
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        try {
            return codec.read(reader.read(data));
        } catch (UndecodableException e) {
            throw new SerializationException(
                    "a record of " + topic + " is no " + codec.schema().getName() + ": " + e.getMessage(), e);
        }
    }
}
