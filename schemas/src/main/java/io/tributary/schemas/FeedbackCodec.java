package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Labels;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Feedback} as {@code io.tributary.Feedback}. */
final class FeedbackCodec extends Codec<Feedback> {

    FeedbackCodec() {
        super("feedback.avsc");
    }

    @Override
    public void write(Feedback feedback, Encoder out) throws IOException {
        Scored scored = feedback.scored();
        out.writeEnum(schema().getField("kind")
                .schema()
                .getEnumOrdinal(feedback.kind().name()));
        out.writeString(feedback.eventId());
        out.writeLong(feedback.outcomeTimeMillis());
        writeOptional(out, feedback.label());
        writeOptional(out, feedback.previousLabel());
        writeOptional(out, feedback.source());
        writeOptional(out, feedback.propensity());
        out.writeLong(scored.eventTimeMillis());
        writeOptional(out, scored.segment());
        writeOptional(out, scored.score());
        out.writeArrayStart();
        out.setItemCount(scored.members().length);
        int width = Math.max(1, scored.classScores().length);
        int shown = Labels.likeliest(scored.classScores(), 0, scored.classScores().length);
        for (int k = 0; k < scored.members().length; k++) {
            int at = k * width;
            out.startItem();
            out.writeString(scored.members()[k]);
            writeOptional(out, scored.scores()[at + shown]);
            Fields.writeArray(out, scored.scores(), at, width > 1 && !Double.isNaN(scored.scores()[at]) ? width : 0);
        }
        out.writeArrayEnd();
        Fields.writeArray(out, scored.candidates());
        Fields.writeInterval(out, scored.interval());
        out.writeInt(scored.specVersion());
        out.writeLong(scored.weightsVersion());
        writeOptional(out, feedback.previousPropensity());
        Fields.writeArray(out, scored.classScores());
        Fields.writeStrings(out, scored.classes());
    }

    @Override
    public Feedback read(GenericRecord from) {
        List<?> members = (List<?>) from.get("members");
        String[] names = new String[members.size()];
        double[] classScores = Fields.array(from, "classScores");
        int width = Math.max(1, classScores.length);
        double[] scores = new double[members.size() * width];
        for (int k = 0; k < names.length; k++) {
            GenericRecord member = (GenericRecord) members.get(k);
            names[k] = string(member, "name");
            Fields.readScore(member, "score", "classScores", scores, k, width);
        }
        return new Feedback(
                Feedback.Kind.valueOf(string(from, "kind")),
                string(from, "eventId"),
                longValue(from, "outcomeTime"),
                optionalDouble(from, "label"),
                optionalDouble(from, "previousLabel"),
                optionalString(from, "source"),
                optionalDouble(from, "propensity"),
                optionalDouble(from, "previousPropensity"),
                new Scored(
                        longValue(from, "eventTime"),
                        optionalString(from, "segment"),
                        optionalDouble(from, "score"),
                        classScores,
                        Fields.strings(from, "classes"),
                        names,
                        scores,
                        Fields.array(from, "candidates"),
                        Fields.interval(from),
                        intValue(from, "specVersion"),
                        longValue(from, "weightsVersion")));
    }
}
