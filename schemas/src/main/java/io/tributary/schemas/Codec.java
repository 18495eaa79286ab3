package io.tributary.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
    private final List<Schema> layouts = new ArrayList<>();

    /**
     * Takes its schemas from resources beside this class.
     *
     * @param resource the schema that it writes
     * @param earlier those that records in stores were written with before, the first first
     */
    Codec(String resource, String... earlier) {
        this.schema = parse(resource);
        for (String each : earlier) {
            layouts.add(parse(each));
        }
        layouts.add(schema);
    }

    private static Schema parse(String resource) {
        try (InputStream in = Codec.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema it writes with and reads to. */
    public final Schema schema() {
        return schema;
    }

    /** All schemas that records in stores may have been written with; the last is the one it writes. */
    final List<Schema> layouts() {
        return layouts;
    }

    /** Writes a record. */
    public abstract void write(T value, Encoder out) throws IOException;

    /** Reads a record that has this codec's schema. */
    public abstract T read(GenericRecord from);
}
