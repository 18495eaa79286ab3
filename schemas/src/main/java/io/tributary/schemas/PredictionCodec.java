package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeNull;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Prediction;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** {@link Prediction} as {@code io.tributary.Prediction}. */
final class PredictionCodec extends Codec<Prediction> {

    private static final double[] NONE = {};
    private static final long NOT_MEASURED = -1;

    PredictionCodec() {
        super("prediction.avsc");
    }

    @Override
    public void write(Prediction p, Encoder out) throws IOException {
        out.writeString(p.ensemble());
        out.writeString(p.eventId());
        out.writeLong(p.eventTimeMillis());
        out.writeLong(p.processingTimeMillis());
        writeOptional(out, p.segment());
        writeOptional(out, p.score());
        if (p.positive() != null) {
            out.writeIndex(1);
            out.writeBoolean(p.positive());
        } else {
            writeNull(out);
        }
        out.writeBoolean(p.degraded());
        writeOptional(out, p.disagreement());
        Prediction.Latencies latencies = p.latencies();
        out.writeArrayStart();
        out.setItemCount(p.members().length);
        int width = Math.max(1, p.classes().length);
        int shown = Math.max(0, p.likeliest());
        for (int k = 0; k < p.members().length; k++) {
            int from = k * width;
            int answered = width > 1 && !Double.isNaN(p.scores()[from]) ? width : 0;
            out.startItem();
            out.writeString(p.members()[k]);
            writeOptional(out, p.scores()[from + shown]);
            out.writeDouble(p.weights()[k]);
            out.writeDouble(p.contributions()[from + shown]);
            writeOptional(out, p.missing()[k]);
            Fields.writeArray(out, p.scores(), from, answered);
            Fields.writeArray(out, p.contributions(), from, answered);
            out.writeBytes(p.checksums()[k]);
            writeOptional(out, latencies == null ? NOT_MEASURED : latencies.tookMicros()[k], NOT_MEASURED);
        }
        out.writeArrayEnd();
        out.writeString(p.recipe().method());
        out.writeInt(p.specVersion());
        out.writeLong(p.weightsVersion());
        Fields.writeArray(out, Double.isNaN(p.score()) ? NONE : p.candidates());
        Fields.writeArray(out, p.classScores());
        Fields.writeInterval(out, p.interval());
        writeLatencies(out, latencies);
        writeOptional(out, p.likeliest() < 0 ? null : p.classes()[p.likeliest()]);
        Fields.writeStrings(out, p.classes());
        writeOptional(out, p.withheld());
        RecipeFields.write(out, p.recipe());
    }

    private static void writeLatencies(Encoder out, Prediction.@Nullable Latencies latencies) throws IOException {
        if (latencies == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeLong(latencies.waitMicros());
        out.writeLong(latencies.membersMicros());
        out.writeLong(latencies.fuseMicros());
    }

    @Override
    public Prediction read(GenericRecord from) {
        List<?> members = (List<?>) from.get("members");
        int size = members.size();
        String[] names = new String[size];
        String[] classes = Fields.strings(from, "classes");
        int width = Math.max(1, classes.length);
        double[] scores = new double[size * width];
        double[] weights = new double[size];
        double[] contributions = new double[size * width];
        @Nullable String[] missing = new String[size];
        byte[][] checksums = new byte[size][];
        long[] took = new long[size];
        for (int k = 0; k < size; k++) {
            GenericRecord member = (GenericRecord) members.get(k);
            names[k] = string(member, "name");
            Fields.readScore(member, "score", "classScores", scores, k, width);
            weights[k] = Fields.doubleValue(member, "weight");
            Fields.readScore(member, "contribution", "classContributions", contributions, k, width);
            missing[k] = optionalString(member, "missing");
            checksums[k] = Fields.bytes(member, "checksum");
            took[k] = Fields.optionalLong(member, "tookMicros", NOT_MEASURED);
        }
        return new Prediction(
                string(from, "ensemble"),
                string(from, "eventId"),
                longValue(from, "eventTime"),
                longValue(from, "processingTime"),
                optionalString(from, "segment"),
                optionalDouble(from, "score"),
                Fields.array(from, "classScores"),
                classes,
                (Boolean) from.get("positive"),
                (boolean) from.get("degraded"),
                optionalString(from, "withheld"),
                optionalDouble(from, "disagreement"),
                Fields.interval(from),
                names,
                scores,
                weights,
                contributions,
                missing,
                checksums,
                RecipeFields.read(from, string(from, "fusion")),
                Fields.array(from, "candidates"),
                intValue(from, "specVersion"),
                longValue(from, "weightsVersion"),
                latencies(from, took));
    }

    private static Prediction.@Nullable Latencies latencies(GenericRecord from, long[] took) {
        GenericRecord stages = (GenericRecord) from.get("latencies");
        return stages == null
                ? null
                : new Prediction.Latencies(
                        longValue(stages, "waitMicros"),
                        longValue(stages, "membersMicros"),
                        longValue(stages, "fuseMicros"),
                        took);
    }
}
