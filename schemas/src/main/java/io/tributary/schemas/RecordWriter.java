package io.tributary.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes users' own records in the Confluent wire format: for replays and demonstrations. Not for several threads. */
public final class RecordWriter {

    private final GenericDatumWriter<GenericRecord> writer;
    private final byte[] header = new byte[WireFormat.HEADER_BYTES];
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private @Nullable BinaryEncoder encoder;

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
        bytes.reset();
        bytes.writeBytes(header);
        try {
            encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
