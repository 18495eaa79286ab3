package io.tributary.schemas;

import io.tributary.core.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as the record that it becomes. Its value is in an array that its encoder uses again: it is to be sent,
 * serialised or copied before the next prediction is encoded.
 *
 * @param key the event's id in UTF-8
 * @param value the prediction in the Confluent wire format, of which the schema's id is still open
 * @param trace the trace that its event belongs to, for the record's headers; null if it names none
 */
public record EncodedPrediction(
        byte[] key, byte[] value, @Nullable TraceContext trace) {

    /**
     * The value with the schema's id.
     *
     * @param schemaId as the registry has it; written into the array that this holds
     */
    public byte[] valueUnder(int schemaId) {
        WireFormat.writeHeader(schemaId, value);
        return value;
    }
}
