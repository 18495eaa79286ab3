package io.tributary.schemas;

import static io.tributary.schemas.Fields.doubleValue;
import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalString;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Weights;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Weights} as {@code io.tributary.Weights}. */
final class WeightsCodec extends Codec<Weights> {

    WeightsCodec() {
        super("weights.avsc");
    }

    @Override
    public void write(Weights weights, Encoder out) throws IOException {
        out.writeString(weights.ensemble());
        writeOptional(out, weights.segment());
        out.writeInt(weights.specVersion());
        out.writeLong(weights.version());
        out.writeDouble(weights.evidence());
        out.writeString(weights.fusion());
        out.writeString(weights.learner());
        out.writeArrayStart();
        out.setItemCount(weights.members().length);
        for (int k = 0; k < weights.members().length; k++) {
            out.startItem();
            out.writeString(weights.members()[k]);
            out.writeDouble(StrictMath.exp(weights.logWeights()[k]));
            out.writeDouble(weights.logWeights()[k]);
        }
        out.writeArrayEnd();
        out.writeLong(weights.publishedAtMillis());
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
        return new Weights(
                string(from, "ensemble"),
                optionalString(from, "segment"),
                intValue(from, "specVersion"),
                longValue(from, "version"),
                doubleValue(from, "evidence"),
                string(from, "fusion"),
                string(from, "learner"),
                names,
                logWeights,
                longValue(from, "publishedAt"));
    }
}
