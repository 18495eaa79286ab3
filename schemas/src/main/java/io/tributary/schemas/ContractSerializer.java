package io.tributary.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one contract in the Confluent wire format. Its schema is registered under the topic's name followed by {@code
 * -value} before the first record. Not for several threads.
 *
 * @param <T> the record
 */
public final class ContractSerializer<T> implements Serializer<T> {

    private final SchemaRegistry registry;
    private final Codec<T> codec;
    private final Map<String, Integer> ids = new HashMap<>();
    private final EncodeBuffer buffer = new EncodeBuffer();
    private final byte[] header = new byte[WireFormat.HEADER_BYTES];

    /** A serializer of the given contract. */
    public ContractSerializer(SchemaRegistry registry, Codec<T> codec) {
        this.registry = registry;
        this.codec = codec;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        WireFormat.writeHeader(
                ids.computeIfAbsent(topic, each -> registry.register(each + "-value", codec.schema())), header);
        return buffer.encode(header, out -> codec.write(value, out));
    }
}
