package io.tributary.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** A header and an Avro binary encoding behind it, as bytes; its buffers are reused. Not for several threads. */
final class EncodeBuffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;

    /** What is written behind the header. */
    interface Body {
        void write(Encoder out) throws IOException;
    }

    byte[] encode(byte[] header, Body body) {
        bytes.reset();
        bytes.writeBytes(header);
        try {
            encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            body.write(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
