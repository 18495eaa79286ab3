package io.tributary.schemas;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes users' own records in the Confluent wire format: for replays and demonstrations. Not for several threads. */
public final class RecordWriter {

    private final GenericDatumWriter<GenericRecord> writer;
    private final byte[] header = new byte[WireFormat.HEADER_BYTES];
    private final EncodeBuffer buffer = new EncodeBuffer();

    /**
     * A writer of records of one schema.
     *
     * @param schemaId the schema's id in the registry
     */
    public RecordWriter(Schema schema, int schemaId) {
        this.writer = new GenericDatumWriter<>(schema);
        WireFormat.writeHeader(schemaId, header);
    }

    /** The bytes of a record. */
    public byte[] write(GenericRecord record) {
        return buffer.encode(header, out -> writer.write(record, out));
    }
}
