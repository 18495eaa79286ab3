package io.tributary.schemas;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Scored;
import io.tributary.schemas.ContractReader.ScoredPrediction;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;

/** Reads what learning needs of a prediction, field after field as {@link PredictionCodec} writes them. */
final class ScoredPredictionReader implements ContractReader.Direct<ScoredPrediction> {

    private final Schema latencies =
            Codecs.PREDICTION.schema().getField("latencies").schema();
    private final Schema recipe = Codecs.PREDICTION.schema().getField("recipe").schema();
    private final MemberScores members = new MemberScores();

    @Override
    public ScoredPrediction read(DirectDecoder from) throws IOException {
        BinaryDecoder in = from.in();
        String ensemble = from.name();
        String eventId = from.string();
        long eventTimeMillis = in.readLong();
        in.readLong(); // processingTime
        String segment = from.optionalName();
        double score = from.optionalDouble();
        if (from.isPresent()) {
            in.readBoolean(); // positive
        }
        in.readBoolean(); // degraded
        from.optionalDouble(); // disagreement
        readMembers(from);
        in.skipString(); // fusion
        int specVersion = in.readInt();
        long weightsVersion = in.readLong();
        double[] candidates = from.doubles();
        double[] classScores = from.doubles();
        Prediction.Interval interval = from.interval();
        GenericDatumReader.skip(latencies, in);
        skipOptionalString(from); // predictedClass
        String[] classes = from.names();
        skipOptionalString(from); // withheld
        GenericDatumReader.skip(recipe, in);
        return new ScoredPrediction(
                ensemble,
                eventId,
                new Scored(
                        eventTimeMillis,
                        segment,
                        score,
                        classScores,
                        classes,
                        members.names(),
                        members.scores(Math.max(1, classes.length)),
                        candidates,
                        interval,
                        specVersion,
                        weightsVersion));
    }

    private void readMembers(DirectDecoder from) throws IOException {
        BinaryDecoder in = from.in();
        members.clear();
        for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (long i = 0; i < block; i++) {
                String name = from.name();
                double score = from.optionalDouble();
                in.skipFixed(2 * Double.BYTES); // weight, contribution
                skipOptionalString(from); // missing
                members.add(name, score, from.doubles());
                from.skipDoubles(); // classContributions
                in.skipBytes(); // checksum
                if (from.isPresent()) {
                    in.readLong(); // tookMicros
                }
            }
        }
    }

    private static void skipOptionalString(DirectDecoder from) throws IOException {
        if (from.isPresent()) {
            from.in().skipString();
        }
    }
}
