package io.tributary.schemas;

import java.nio.ByteBuffer;

/** The Confluent wire format: a zero byte, four bytes of schema id, the Avro binary encoding. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /**
     * The schema id of a record.
     *
     * @throws UndecodableException if it is too short or does not begin with a zero byte
     */
    static int schemaId(byte[] record) throws UndecodableException {
        if (record.length < HEADER_BYTES || record[0] != MAGIC) {
            throw new UndecodableException("not in the Confluent wire format: "
                    + (record.length < HEADER_BYTES
                            ? "only " + record.length + " bytes long, must be at least " + HEADER_BYTES
                            : String.format("begins with byte 0x%02x, must be 0x00", record[0])));
        }
        return ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
    }

    static void writeHeader(int schemaId, byte[] into) {
        into[0] = MAGIC;
        ByteBuffer.wrap(into, 1, Integer.BYTES).putInt(schemaId);
    }
}
