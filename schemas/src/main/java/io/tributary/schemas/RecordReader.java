package io.tributary.schemas;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads records in the Confluent wire format, whoever wrote them. Not for several threads. */
public final class RecordReader {

    private final IntFunction<@Nullable Schema> schemas;
    private final @Nullable Schema expected;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    /**
     * A reader.
     *
     * @param expected the schema that records are resolved to; null to leave them as they were written
     */
    public RecordReader(SchemaRegistry registry, @Nullable Schema expected) {
        this(registry::byId, expected);
    }

    private RecordReader(IntFunction<@Nullable Schema> schemas, @Nullable Schema expected) {
        this.schemas = schemas;
        this.expected = expected;
    }

    /** A reader of records that are all of one schema, whatever id they carry: it needs no registry. */
    public static RecordReader of(Schema schema) {
        return new RecordReader(id -> schema, null);
    }

    /**
     * Reads one record.
     *
     * @throws UndecodableException if it is not in the wire format, its schema is not known or no record's, or its bytes
     *     do not fit the schema
     * @throws RegistryException if the registry does not answer
     */
    public GenericRecord read(byte[] record) throws UndecodableException {
        int id = WireFormat.schemaId(record);
        GenericDatumReader<GenericRecord> reader = reader(id);
        int length = record.length - WireFormat.HEADER_BYTES;
        try {
            decoder = DecoderFactory.get().binaryDecoder(record, WireFormat.HEADER_BYTES, length, decoder);
            GenericRecord read = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("bytes are left over after the Avro record of schema id " + id);
            }
            return read;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro answers bytes that do not fit with half a dozen kinds of exception, and can be led into any depth.
            throw new UndecodableException("not Avro of schema id " + id + ": " + e);
        }
    }

    /**
     * The schema of an id.
     *
     * @throws UndecodableException if it is not known or no record's
     * @throws RegistryException if the registry does not answer
     */
    Schema writer(int id) throws UndecodableException {
        return reader(id).getSchema();
    }

    private GenericDatumReader<GenericRecord> reader(int id) throws UndecodableException {
        GenericDatumReader<GenericRecord> reader = readers.get(id);
        if (reader == null) {
            reader = open(id);
            readers.put(id, reader);
        }
        return reader;
    }

    private GenericDatumReader<GenericRecord> open(int id) throws UndecodableException {
        Schema writer = schemas.apply(id);
        if (writer == null) {
            throw new UndecodableException("schema id " + id + " is not known to the registry");
        }
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException(
                    "schema id " + id + " is of type " + writer.getType().getName() + ", must be a record");
        }
        return new GenericDatumReader<>(writer, expected == null ? writer : expected);
    }
}
