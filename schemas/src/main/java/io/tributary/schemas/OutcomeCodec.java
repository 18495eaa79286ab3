package io.tributary.schemas;

import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Labels;
import io.tributary.core.Task;
import io.tributary.core.feedback.Outcome;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** {@link Outcome} as {@code io.tributary.Outcome}. */
final class OutcomeCodec extends Codec<Outcome> {

    private final Labels labels;

    OutcomeCodec(Labels labels) {
        super("outcome.avsc", "outcome-1.avsc");
        this.labels = labels;
    }

    @Override
    public void write(Outcome outcome, Encoder out) throws IOException {
        out.writeString(outcome.eventId());
        writeOptional(out, hasClasses() ? Double.NaN : outcome.label());
        out.writeLong(outcome.timeMillis());
        out.writeEnum(
                schema().getField("kind").schema().getEnumOrdinal(outcome.kind().name()));
        writeOptional(out, outcome.source());
        writeOptional(out, outcome.propensity());
        writeOptional(out, hasClasses() && !Double.isNaN(outcome.label()) ? labels.text(outcome.label()) : null);
    }

    private boolean hasClasses() {
        return labels.task() == Task.MULTICLASS;
    }

    @Override
    public Outcome read(GenericRecord from) {
        return new Outcome(
                string(from, "eventId"),
                hasClasses() ? label(optionalString(from, "class")) : optionalDouble(from, "label"),
                Outcome.Kind.valueOf(string(from, "kind")),
                longValue(from, "time"),
                optionalString(from, "source"),
                optionalDouble(from, "propensity"));
    }

    private double label(@Nullable String name) {
        return name == null ? Double.NaN : labels.parse(name);
    }
}
