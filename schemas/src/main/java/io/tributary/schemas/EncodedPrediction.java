package io.tributary.schemas;

/**
 * A prediction as the record that it becomes.
 *
 * @param key the event's id in UTF-8
 * @param value the prediction in the Confluent wire format, of which the schema's id is still open
 */
public record EncodedPrediction(byte[] key, byte[] value) {

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
