package io.tributary.schemas;

import static io.tributary.schemas.Fields.writeNull;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Prediction;
import io.tributary.core.predict.Fused;
import io.tributary.core.predict.Terms;
import java.io.IOException;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of the same terms as {@code io.tributary.Prediction}, field after field: what they have in common is encoded
 * once, and copied into each.
 */
final class PredictionLayout {

    static final long NOT_MEASURED = -1;

    private static final byte[] NO_HEADER = {};

    private final String[] classes;
    private final byte[] ensemble;
    private final byte[][] names;
    private final byte[][] checksums;
    private final byte[] versions;
    private final byte[] classNames;
    private final byte[] recipe;

    PredictionLayout(Terms terms) {
        this.classes = terms.classes();
        this.ensemble = run(out -> out.writeString(terms.ensemble()));
        this.names = new byte[terms.members().length][];
        this.checksums = new byte[names.length][];
        for (int k = 0; k < names.length; k++) {
            String name = terms.members()[k];
            byte[] checksum = terms.checksums()[k];
            names[k] = run(out -> out.writeString(name));
            checksums[k] = run(out -> out.writeBytes(checksum));
        }
        this.versions = run(out -> {
            out.writeString(terms.recipe().method());
            out.writeInt(terms.specVersion());
            out.writeLong(terms.weightsVersion());
        });
        this.classNames = run(out -> Fields.writeStrings(out, classes));
        this.recipe = run(out -> RecipeFields.write(out, terms.recipe()));
    }

    private static byte[] run(EncodeBuffer.Body body) {
        return new EncodeBuffer().encode(NO_HEADER, body);
    }

    private static void copy(Encoder out, byte[] run) throws IOException {
        out.writeFixed(run, 0, run.length);
    }

    /**
     * Writes a prediction.
     *
     * @param id the event's id in UTF-8
     */
    void write(Fused fused, byte[] id, Encoder out) throws IOException {
        copy(out, ensemble);
        out.writeBytes(id, 0, id.length);
        out.writeLong(fused.event().timeMillis());
        out.writeLong(fused.processingTimeMillis());
        writeOptional(out, fused.event().segment());
        writeOptional(out, fused.score());
        writePositive(out, fused.positive());
        out.writeBoolean(fused.degraded());
        writeOptional(out, fused.disagreement());
        int likeliest = fused.likeliest();
        writeMembers(fused, Math.max(0, likeliest), out);
        copy(out, versions);
        Fields.writeArray(out, fused.candidates(), 0, fused.hasScore() ? fused.candidates().length : 0);
        Fields.writeArray(out, fused.classScores());
        Fields.writeInterval(out, fused.interval());
        writeLatencies(out, fused.latencies());
        writeOptional(out, likeliest < 0 ? null : classes[likeliest]);
        copy(out, classNames);
        writeOptional(out, fused.withheld());
        copy(out, recipe);
    }

    private static void writePositive(Encoder out, @Nullable Boolean positive) throws IOException {
        if (positive == null) {
            writeNull(out);
        } else {
            out.writeIndex(1);
            out.writeBoolean(positive);
        }
    }

    /** Members with the numbers of all classes, and apart those of the one that is shown. */
    private void writeMembers(Fused fused, int shown, Encoder out) throws IOException {
        Prediction.Latencies latencies = fused.latencies();
        double[] scores = fused.scores();
        double[] contributions = fused.contributions();
        int width = Math.max(1, classes.length);
        out.writeArrayStart();
        out.setItemCount(names.length);
        for (int k = 0; k < names.length; k++) {
            int from = k * width;
            int answered = width > 1 && !Double.isNaN(scores[from]) ? width : 0;
            out.startItem();
            copy(out, names[k]);
            writeOptional(out, scores[from + shown]);
            out.writeDouble(fused.weights()[k]);
            out.writeDouble(contributions[from + shown]);
            writeOptional(out, fused.missing()[k]);
            Fields.writeArray(out, scores, from, answered);
            Fields.writeArray(out, contributions, from, answered);
            copy(out, checksums[k]);
            writeOptional(out, latencies == null ? NOT_MEASURED : latencies.tookMicros()[k], NOT_MEASURED);
        }
        out.writeArrayEnd();
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
}
