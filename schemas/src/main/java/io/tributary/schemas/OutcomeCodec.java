package io.tributary.schemas;

import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.feedback.Outcome;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Outcome} as {@code io.tributary.Outcome}. */
final class OutcomeCodec extends Codec<Outcome> {

    OutcomeCodec() {
        super("outcome.avsc");
    }

    @Override
    public void write(Outcome outcome, Encoder out) throws IOException {
        out.writeString(outcome.eventId());
        writeOptional(out, outcome.label());
        out.writeLong(outcome.timeMillis());
        out.writeEnum(
                schema().getField("kind").schema().getEnumOrdinal(outcome.kind().name()));
        writeOptional(out, outcome.source());
        writeOptional(out, outcome.propensity());
    }

    @Override
    public Outcome read(GenericRecord from) {
        return new Outcome(
                string(from, "eventId"),
                optionalDouble(from, "label"),
                Outcome.Kind.valueOf(string(from, "kind")),
                longValue(from, "time"),
                optionalString(from, "source"),
                optionalDouble(from, "propensity"));
    }
}
