package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;

import io.tributary.core.Prediction;
import io.tributary.core.predict.Fused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** {@link Prediction} as {@code io.tributary.Prediction}. */
final class PredictionCodec extends Codec<Prediction> {

    PredictionCodec() {
        super("prediction.avsc");
    }

    /** For what is not fused here and now, which {@link PredictionEncoder} is for: nothing is kept from one to the next. */
    @Override
    public void write(Prediction prediction, Encoder out) throws IOException {
        Fused fused = Fused.of(prediction);
        new PredictionLayout(fused.terms()).write(fused, prediction.eventId().getBytes(StandardCharsets.UTF_8), out);
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
            took[k] = Fields.optionalLong(member, "tookMicros", PredictionLayout.NOT_MEASURED);
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
