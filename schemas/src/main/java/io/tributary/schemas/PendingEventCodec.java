package io.tributary.schemas;

import static io.tributary.schemas.Fields.doubleValue;
import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalLong;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeNull;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** {@link PendingEvent} as {@code io.tributary.JoinState}. The event's id is the store's key and not in here. */
final class PendingEventCodec extends Codec<PendingEvent> {

    PendingEventCodec() {
        super("join-state.avsc", "join-state-1.avsc", "join-state-2.avsc");
    }

    @Override
    public void write(PendingEvent pending, Encoder out) throws IOException {
        writeScored(pending.state().scored(), out);
        writeOutcome(pending.state().outcome(), out);
        out.writeDouble(pending.state().fedBack());
        out.writeLong(pending.firstSeenMillis());
        writeOptional(out, pending.state().fedBackPropensity());
        writeOptional(out, pending.state().heldSinceMillis(), Join.NOT_HELD);
        Fields.writeStrings(out, pending.classes());
    }

    private static void writeScored(@Nullable Scored scored, Encoder out) throws IOException {
        if (scored == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeLong(scored.eventTimeMillis());
        writeOptional(out, scored.segment());
        out.writeDouble(scored.score());
        Fields.writeStrings(out, scored.members());
        Fields.writeArray(out, scored.scores());
        Fields.writeArray(out, scored.candidates());
        Prediction.Interval interval = scored.interval();
        out.writeDouble(interval == null ? Double.NaN : interval.lower());
        out.writeDouble(interval == null ? Double.NaN : interval.upper());
        out.writeDouble(interval == null ? Double.NaN : interval.level());
        out.writeInt(scored.specVersion());
        out.writeLong(scored.weightsVersion());
        Fields.writeArray(out, scored.classScores());
    }

    private static void writeOutcome(@Nullable Outcome outcome, Encoder out) throws IOException {
        if (outcome == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeDouble(outcome.label());
        out.writeString(outcome.kind().name());
        out.writeLong(outcome.timeMillis());
        writeOptional(out, outcome.source());
        out.writeDouble(outcome.propensity());
    }

    @Override
    public PendingEvent read(GenericRecord from) {
        String[] classes = Fields.strings(from, "classes");
        return new PendingEvent(
                new Join.State(
                        readScored((GenericRecord) from.get("scored"), classes),
                        readOutcome((GenericRecord) from.get("outcome")),
                        doubleValue(from, "fedBack"),
                        optionalDouble(from, "fedBackPropensity"),
                        optionalLong(from, "heldSince", Join.NOT_HELD)),
                longValue(from, "firstSeen"),
                classes);
    }

    private static @Nullable Scored readScored(@Nullable GenericRecord from, String[] classes) {
        if (from == null) {
            return null;
        }
        double level = doubleValue(from, "level");
        return new Scored(
                longValue(from, "eventTime"),
                optionalString(from, "segment"),
                doubleValue(from, "score"),
                Fields.array(from, "classScores"),
                classes,
                Fields.strings(from, "members"),
                Fields.array(from, "scores"),
                Fields.array(from, "candidates"),
                Double.isNaN(level)
                        ? null
                        : new Prediction.Interval(doubleValue(from, "lower"), doubleValue(from, "upper"), level),
                intValue(from, "specVersion"),
                longValue(from, "weightsVersion"));
    }

    /** The event's id is left empty: whoever has the key knows it. */
    private static @Nullable Outcome readOutcome(@Nullable GenericRecord from) {
        return from == null
                ? null
                : new Outcome(
                        "",
                        doubleValue(from, "label"),
                        Outcome.Kind.valueOf(string(from, "kind")),
                        longValue(from, "time"),
                        optionalString(from, "source"),
                        doubleValue(from, "propensity"));
    }
}
