package io.tributary.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/**
 * How one of core's records is written in Avro, field after field in the schema's order, and read back. Writing makes no
 * intermediate objects; reading takes what Avro has resolved from the writer's schema to {@link #schema}.
 *
 * @param <T> the record
 */
public abstract class Codec<T> {

    private final Schema schema;

    /** Takes its schema from a resource beside this class. */
    Codec(String resource) {
        try (InputStream in = Codec.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            this.schema = new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema it writes with and reads to. */
    public final Schema schema() {
        return schema;
    }

    /** Writes a record. */
    public abstract void write(T value, Encoder out) throws IOException;

    /** Reads a record that has this codec's schema. */
    public abstract T read(GenericRecord from);
}
