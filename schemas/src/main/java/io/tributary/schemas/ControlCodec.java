package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.control.Control;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Control} as {@code io.tributary.Control}. */
final class ControlCodec extends Codec<Control> {

    ControlCodec() {
        super("control.avsc");
    }

    @Override
    public void write(Control said, Encoder out) throws IOException {
        out.writeString(said.ensemble());
        out.writeString(said.publication());
        out.writeEnum(
                schema().getField("kind").schema().getEnumOrdinal(said.kind().name()));
        out.writeInt(said.version());
        out.writeLong(said.timeMillis());
        out.writeInt(said.part());
        out.writeInt(said.parts());
        out.writeBytes(said.content());
        writeOptional(out, said.operator());
        out.writeInt(said.subtask());
        out.writeInt(said.subtasks());
        writeOptional(out, said.problem());
    }

    @Override
    public Control read(GenericRecord from) {
        ByteBuffer buffer = (ByteBuffer) from.get("content");
        byte[] content = new byte[buffer.remaining()];
        buffer.duplicate().get(content);
        return new Control(
                string(from, "ensemble"),
                string(from, "publication"),
                Control.Kind.valueOf(string(from, "kind")),
                intValue(from, "version"),
                longValue(from, "time"),
                intValue(from, "part"),
                intValue(from, "parts"),
                content,
                optionalString(from, "operator"),
                intValue(from, "subtask"),
                intValue(from, "subtasks"),
                optionalString(from, "problem"));
    }
}
