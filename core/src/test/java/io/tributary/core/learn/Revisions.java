package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/** Labels, what comes when they turn out to be others, and what must follow. */
final class Revisions {

    static final double NAN = Double.NaN;
    static final List<String> MEMBERS = List.of("a", "b", "c");
    static final String HEDGE = "learning: {learner: hedge, gradient: false, eta: 0.5}\n";
    static final String SQUARES = "task: regression\nfusion: {method: stack}\nlearning: {learner: stack, prior: 1}\n";
    static final int LABELS = 60;
    static final IntPredicate NOBODY = i -> false;

    private final Random random = new Random(31);

    /** Seeded labels; at the given places one member is asleep. The one at i was scored with what i before it taught. */
    List<Feedback> labels(EnsembleSpec spec, IntPredicate asleep) {
        boolean isBinary = spec.plan().task().isClasses();
        List<Feedback> labels = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            double[] scores = new double[MEMBERS.size()];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = isBinary ? 0.05 + 0.9 * random.nextDouble() : 2 * random.nextGaussian();
            }
            double label = isBinary ? random.nextInt(2) : scores[0] - 0.3 * scores[1] + random.nextGaussian();
            if (asleep.test(i)) {
                scores[i % scores.length] = NAN;
            }
            double propensity = i % 3 == 0 ? NAN : 0.25 + 0.5 * random.nextDouble();
            labels.add(label(label, propensity, scores, i));
        }
        return labels;
    }

    static Feedback label(double label, double propensity, double[] scores, long weightsVersion) {
        Scored scored =
                new Scored(0, "s", 0.5, MEMBERS.toArray(new String[0]), scores, new double[0], null, 1, weightsVersion);
        return new Feedback(Feedback.Kind.LABEL, "e", 0, label, NAN, null, propensity, scored);
    }

    /** What is fed back when a label turns out to be another one, or none. */
    static Feedback revised(Feedback label, double after, double propensity) {
        return new Feedback(
                Double.isNaN(after) ? Feedback.Kind.RETRACTION : Feedback.Kind.CORRECTION,
                label.eventId(),
                0,
                after,
                label.label(),
                null,
                propensity,
                label.propensity(),
                label.scored());
    }

    static Feedback instead(Feedback label, double after, double propensity) {
        return label(after, propensity, label.scored().scores(), label.scored().weightsVersion());
    }

    static WeightFold learned(EnsembleSpec spec, List<Feedback> feedback) {
        WeightFold fold = new WeightFold(spec);
        feedback.forEach(fold::learn);
        return fold;
    }

    static void assertSame(WeightFold fold, WeightFold expected) {
        assertSame(fold.weights(0), expected.weights(0));
        assertSame(
                fold.segmentWeights(0, 0).get(0), expected.segmentWeights(0, 0).get(0));
    }

    static void assertSame(Weights weights, Weights expected) {
        assertThat(weights.fusion().parameters())
                .containsExactly(expected.fusion().parameters(), within(1e-12));
        assertThat(weights.fusion().bias()).containsExactly(expected.fusion().bias(), within(1e-12));
        assertThat(weights.evidence()).isCloseTo(expected.evidence(), within(1e-12));
    }

    /** A revision that cannot be taken back changes nothing but the count of such. */
    static void assertCounted(EnsembleSpec spec, List<Feedback> labels, Feedback revision) {
        WeightFold fold = learned(spec, labels);
        Weights before = fold.weights(0);
        fold.learn(revision);

        Weights after = fold.weights(0);
        assertThat(fold.unlearnable()).isEqualTo(1);
        assertThat(fold.version()).isEqualTo(LABELS + 1);
        assertThat(after.evidence()).isEqualTo(before.evidence());
        assertThat(after.candidates()).usingRecursiveComparison().isEqualTo(before.candidates());
        assertThat(fold.segmentWeights(LABELS, 0)).isEmpty();
    }

    static double other(EnsembleSpec spec, double label) {
        return spec.plan().task().isClasses() ? 1 - label : label - 1.7;
    }
}
