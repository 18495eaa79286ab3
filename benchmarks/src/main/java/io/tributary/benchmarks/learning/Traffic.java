package io.tributary.benchmarks.learning;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events by their number, of which nothing else need be remembered: the id, what the members say and the label follow from
 * it. Members answer what models answer that compute in floats. Not for several threads.
 */
final class Traffic {

    private static final int TAUGHT = 5_000;
    private static final long SINCE_MILLIS = 1_750_000_000_000L;
    private static final long LABEL_MILLIS = 86_400_000L;
    private static final double WIDEST_LOGIT = 3;

    private final int segments;
    private final Predictor predictor;
    private final double[] scores;
    private final @Nullable String[] missing;

    /**
     * Traffic that is fused with weights that have learned from some of it.
     *
     * @param segments over how many segments it is spread; 0 for none
     */
    Traffic(EnsembleSpec spec, int segments) {
        this.segments = segments;
        this.predictor = new Predictor(spec);
        this.scores = new double[spec.members().size()];
        this.missing = new String[scores.length];
        WeightFold fold = new WeightFold(spec);
        for (long number = -TAUGHT; number < 0; number++) {
            Scored scored = Scored.of(prediction(number, 0));
            fold.learn(new Feedback(
                    Feedback.Kind.LABEL, id(number), 0, label(number), Double.NaN, null, Double.NaN, scored));
        }
        predictor.use(fold.weights(0));
    }

    /** A UUID, version 4. */
    static String id(long number) {
        SplittableRandom random = new SplittableRandom(~number);
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    Prediction prediction(long number, long nowMillis) {
        SplittableRandom random = new SplittableRandom(number);
        double truth = logit(random);
        for (int k = 0; k < scores.length; k++) {
            double noise = (random.nextDouble() - 0.5) * (1 + 0.3 * k);
            scores[k] = (float) probability(truth * (0.5 + 0.1 * k) + noise);
        }
        String segment = segments == 0 ? null : "segment-" + Math.floorMod(number, (long) segments);
        Event event = new Event(id(number), SINCE_MILLIS + number, segment, new float[0], null);
        return predictor.predict(event, scores, missing, nowMillis);
    }

    static Outcome outcome(long number) {
        return new Outcome(
                id(number), label(number), Outcome.Kind.FINAL, SINCE_MILLIS + LABEL_MILLIS + number, null, Double.NaN);
    }

    private static double label(long number) {
        double positive = probability(logit(new SplittableRandom(number)));
        return new SplittableRandom(number + Long.MAX_VALUE).nextDouble() < positive ? 1 : 0;
    }

    private static double logit(SplittableRandom random) {
        return (2 * random.nextDouble() - 1) * WIDEST_LOGIT;
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
