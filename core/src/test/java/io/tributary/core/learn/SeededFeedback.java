package io.tributary.core.learn;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import java.util.List;
import java.util.Random;

/** The same feedback on every JVM: four members of different worth, some asleep, some labels corrected or weighted. */
final class SeededFeedback {

    static final List<String> MEMBERS = List.of("good", "fair", "poor", "coin");

    private static final double[] NOISE = {0.15, 0.3, 0.6, 1};

    private final Random random;

    SeededFeedback(long seed) {
        this.random = new Random(seed);
    }

    Feedback next() {
        double label = random.nextInt(10) < 3 ? 1 : 0;
        double[] scores = new double[MEMBERS.size()];
        boolean allAsleep = random.nextInt(50) == 0;
        for (int k = 0; k < scores.length; k++) {
            double score = (1 - NOISE[k]) * (0.1 + 0.8 * label) + NOISE[k] * random.nextDouble();
            scores[k] = allAsleep || random.nextInt(8) == 0 ? Double.NaN : score;
        }
        boolean correction = random.nextInt(40) == 0;
        double propensity = random.nextInt(5) == 0 ? 0.05 + 0.95 * random.nextDouble() : Double.NaN;
        return new Feedback(
                correction ? Feedback.Kind.CORRECTION : Feedback.Kind.LABEL,
                "e",
                0,
                label,
                correction ? 1 - label : Double.NaN,
                null,
                propensity,
                new Scored(0, null, 0.5, MEMBERS.toArray(new String[0]), scores, new double[0], null, 1, 1));
    }
}
