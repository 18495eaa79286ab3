package io.tributary.schemas;

import static io.tributary.schemas.Fields.array;
import static io.tributary.schemas.Fields.doubleValue;
import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeArray;
import static io.tributary.schemas.Fields.writeNull;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Weights;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Offsets;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** {@link Weights} as {@code io.tributary.Weights}. */
final class WeightsCodec extends Codec<Weights> {

    WeightsCodec() {
        super("weights.avsc");
    }

    @Override
    public void write(Weights weights, Encoder out) throws IOException {
        Fusion fusion = weights.fusion();
        boolean weighted = fusion.method().isWeighted();
        out.writeString(weights.ensemble());
        writeOptional(out, weights.segment());
        out.writeInt(weights.specVersion());
        out.writeLong(weights.version());
        out.writeDouble(weights.evidence());
        out.writeString(fusion.method().label());
        out.writeString(weights.learner());
        out.writeArrayStart();
        out.setItemCount(weights.members().length);
        for (int k = 0; k < weights.members().length; k++) {
            out.startItem();
            out.writeString(weights.members()[k]);
            out.writeDouble(weights.weight(k));
            out.writeDouble(weighted ? fusion.parameters()[k] : Double.NaN);
        }
        out.writeArrayEnd();
        out.writeString(weights.candidates()[weights.leader()].name());
        writeArray(out, fusion.bias());
        writeCandidates(weights.candidates(), out);
        writeCalibration(weights.calibration(), out);
        writeOffsets(weights.interval(), out);
        out.writeLong(weights.publishedAtMillis());
        Fields.writeStrings(out, weights.classes());
    }

    private static void writeCandidates(Weights.Candidate[] candidates, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(candidates.length);
        for (Weights.Candidate candidate : candidates) {
            out.startItem();
            out.writeString(candidate.name());
            out.writeString(candidate.fusion().method().label());
            writeArray(out, candidate.fusion().parameters());
            writeArray(out, candidate.fusion().bias());
        }
        out.writeArrayEnd();
    }

    private static void writeCalibration(@Nullable Calibration calibration, Encoder out) throws IOException {
        if (calibration == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeDouble(calibration.slope());
        out.writeDouble(calibration.intercept());
    }

    private static void writeOffsets(@Nullable Offsets offsets, Encoder out) throws IOException {
        if (offsets == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeDouble(offsets.lower());
        out.writeDouble(offsets.upper());
        out.writeDouble(offsets.level());
    }

    @Override
    public Weights read(GenericRecord from) {
        List<?> members = (List<?>) from.get("members");
        String[] names = new String[members.size()];
        double[] logWeights = new double[members.size()];
        for (int k = 0; k < names.length; k++) {
            GenericRecord member = (GenericRecord) members.get(k);
            names[k] = string(member, "name");
            logWeights[k] = doubleValue(member, "logWeight");
        }
        Weights.Candidate[] candidates = candidates((List<?>) from.get("candidates"));
        if (candidates.length == 0) {
            // Written before there were several: the fusion itself is the only one.
            FusionMethod method = FusionMethod.of(string(from, "fusion"));
            candidates = new Weights.Candidate[] {
                new Weights.Candidate(string(from, "learner"), new Fusion(method, logWeights, new double[1]))
            };
        }
        return new Weights(
                string(from, "ensemble"),
                optionalString(from, "segment"),
                intValue(from, "specVersion"),
                longValue(from, "version"),
                doubleValue(from, "evidence"),
                string(from, "learner"),
                names,
                Fields.strings(from, "classes"),
                candidates,
                leader(candidates, string(from, "leader")),
                calibration((GenericRecord) from.get("calibration")),
                offsets((GenericRecord) from.get("interval")),
                longValue(from, "publishedAt"));
    }

    private static Weights.Candidate[] candidates(List<?> records) {
        Weights.Candidate[] candidates = new Weights.Candidate[records.size()];
        for (int i = 0; i < candidates.length; i++) {
            GenericRecord candidate = (GenericRecord) records.get(i);
            candidates[i] = new Weights.Candidate(
                    string(candidate, "name"),
                    new Fusion(
                            FusionMethod.of(string(candidate, "fusion")),
                            array(candidate, "parameters"),
                            array(candidate, "bias")));
        }
        return candidates;
    }

    private static int leader(Weights.Candidate[] candidates, String name) {
        for (int i = 0; i < candidates.length; i++) {
            if (candidates[i].name().equals(name)) {
                return i;
            }
        }
        return 0;
    }

    private static @Nullable Calibration calibration(@Nullable GenericRecord from) {
        return from == null ? null : new Calibration(doubleValue(from, "slope"), doubleValue(from, "intercept"));
    }

    private static @Nullable Offsets offsets(@Nullable GenericRecord from) {
        return from == null
                ? null
                : new Offsets(doubleValue(from, "lower"), doubleValue(from, "upper"), doubleValue(from, "level"));
    }
}
