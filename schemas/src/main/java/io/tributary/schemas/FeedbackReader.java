package io.tributary.schemas;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** Reads feedback, field after field as {@link FeedbackCodec} writes them. */
final class FeedbackReader implements ContractReader.Direct<Feedback> {

    private final Feedback.Kind[] kinds = Codecs.FEEDBACK.schema().getField("kind").schema().getEnumSymbols().stream()
            .map(Feedback.Kind::valueOf)
            .toArray(Feedback.Kind[]::new);
    private final MemberScores members = new MemberScores();

    @Override
    public Feedback read(DirectDecoder from) throws IOException {
        BinaryDecoder in = from.in();
        Feedback.Kind kind = kinds[in.readEnum()];
        String eventId = from.string();
        long outcomeTimeMillis = in.readLong();
        double label = from.optionalDouble();
        double previousLabel = from.optionalDouble();
        String source = from.optionalName();
        double propensity = from.optionalDouble();
        long eventTimeMillis = in.readLong();
        String segment = from.optionalName();
        double score = from.optionalDouble();
        readMembers(from);
        double[] candidates = from.doubles();
        Prediction.Interval interval = from.interval();
        int specVersion = in.readInt();
        long weightsVersion = in.readLong();
        double previousPropensity = from.optionalDouble();
        double[] classScores = from.doubles();
        String[] classes = from.names();
        return new Feedback(
                kind,
                eventId,
                outcomeTimeMillis,
                label,
                previousLabel,
                source,
                propensity,
                previousPropensity,
                new Scored(
                        eventTimeMillis,
                        segment,
                        score,
                        classScores,
                        classes,
                        members.names(),
                        members.scores(Math.max(1, classScores.length)),
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
                members.add(from.name(), from.optionalDouble(), from.doubles());
            }
        }
    }
}
