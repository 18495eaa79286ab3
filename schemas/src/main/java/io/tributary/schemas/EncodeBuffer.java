package io.tributary.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.Encoder;

/** A header and an Avro binary encoding behind it, as bytes; its buffer is reused. Not for several threads. */
final class EncodeBuffer {

    private final ArrayEncoder encoder = new ArrayEncoder();

    /** What is written behind the header. */
    interface Body {
        void write(Encoder out) throws IOException;
    }

    byte[] encode(byte[] header, Body body) {
        encoder.reset(header);
        try {
            body.write(encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoder.toBytes();
    }
}
