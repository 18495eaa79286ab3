package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.DeadLetter;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link DeadLetter} as {@code io.tributary.DeadLetter}; its key is the Kafka record's and not in here. */
final class DeadLetterCodec extends Codec<DeadLetter> {

    DeadLetterCodec() {
        super("dead-letter.avsc");
    }

    @Override
    public void write(DeadLetter letter, Encoder out) throws IOException {
        out.writeString(letter.topic());
        out.writeInt(letter.partition());
        out.writeLong(letter.offset());
        out.writeString(letter.stage());
        out.writeString(letter.reason());
        out.writeBytes(letter.payload());
        out.writeInt(letter.payloadLength());
        writeOptional(out, letter.payloadSha256());
        out.writeLong(letter.timeMillis());
    }

    @Override
    public DeadLetter read(GenericRecord from) {
        return new DeadLetter(
                string(from, "topic"),
                intValue(from, "partition"),
                longValue(from, "offset"),
                string(from, "stage"),
                string(from, "reason"),
                null,
                Fields.bytes(from, "payload"),
                intValue(from, "payloadLength"),
                optionalString(from, "payloadSha256"),
                longValue(from, "time"));
    }
}
