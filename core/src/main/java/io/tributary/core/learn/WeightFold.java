package io.tributary.core.learn;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Folds feedback into weights: the one place where learning happens, whichever plane, test or tool runs it. The fused
 * score is computed again with the weights of the moment the label comes; regrets taken at the score that was emitted
 * long ago make learners diverge when labels are late.
 *
 * <p>The same feedback in the same order gives the same bits on every JVM. Not for several threads.
 */
public final class WeightFold {

    private static final int FORMAT = 1;

    private final EnsembleSpec spec;
    private final List<String> members;
    private final WeightLearner learner;
    private final Regrets regrets;
    private final Fuser fuser;
    private final double[] scores;
    private final double[] regret;
    private final double[] logWeights;
    private final double[] state;
    private final long[] lessons;
    private long version;
    private double evidence;
    private long unlearnable;

    /** A fold that has seen no feedback: all members weigh the same. */
    public WeightFold(EnsembleSpec spec) {
        this.spec = spec;
        this.members = spec.memberNames();
        this.learner = Learners.named(spec.learning().learner(), spec.learning().eta());
        this.regrets =
                new Regrets(Loss.named(spec.learning().loss()), spec.learning().gradient());
        this.fuser = new Fuser(spec.fusion().method(), spec.fusion().clip(), members.size());
        this.scores = new double[members.size()];
        this.regret = new double[members.size()];
        this.logWeights = new double[members.size()];
        this.state = new double[learner.stateSize(members.size())];
        this.lessons = new long[members.size()];
        double[] prior = new double[members.size()];
        Arrays.fill(prior, -StrictMath.log(members.size()));
        learner.start(prior, state);
    }

    /**
     * Folds one feedback in. A label teaches; a correction or retraction of a label that has taught is counted, since the
     * learners here cannot take a lesson back; feedback for which no member answered is counted too. Each of them raises
     * the version.
     */
    public void learn(Feedback feedback) {
        version++;
        if (feedback.kind() != Feedback.Kind.LABEL) {
            unlearnable++;
            return;
        }
        feedback.scoresInto(members, scores);
        useLearned();
        double fused = fuser.fuse(scores);
        if (Double.isNaN(fused)) {
            unlearnable++;
            return;
        }
        double importance = importance(feedback.propensity());
        regrets.of(fuser, fused, scores, feedback.label(), importance, regret);
        learner.update(state, regret);
        evidence += importance;
        for (int k = 0; k < scores.length; k++) {
            lessons[k] += Double.isNaN(scores[k]) ? 0 : 1;
        }
    }

    /** How often a label counts when only that share of such labels is ever seen: the inverse, clipped. */
    private double importance(double propensity) {
        return Double.isNaN(propensity)
                ? 1
                : Math.min(
                        1 / Math.max(propensity, Double.MIN_NORMAL),
                        spec.learning().maxImportance());
    }

    private void useLearned() {
        learner.logWeights(state, logWeights);
        shareWithTheUnknown();
        fuser.use(logWeights);
    }

    /**
     * A member that has not answered any labelled event weighs as much as the others do on average. Learners would give
     * it anything from the least to nearly all of the weight, for they know nothing of it.
     */
    private void shareWithTheUnknown() {
        double max = Double.NEGATIVE_INFINITY;
        int known = 0;
        for (int k = 0; k < lessons.length; k++) {
            max = lessons[k] > 0 ? Math.max(max, logWeights[k]) : max;
            known += lessons[k] > 0 ? 1 : 0;
        }
        if (known == 0 || known == lessons.length || max == Double.NEGATIVE_INFINITY) {
            return;
        }
        double sum = 0;
        for (int k = 0; k < lessons.length; k++) {
            sum += lessons[k] > 0 ? StrictMath.exp(logWeights[k] - max) : 0;
        }
        double mean = max + StrictMath.log(sum / known);
        for (int k = 0; k < lessons.length; k++) {
            logWeights[k] = lessons[k] > 0 ? logWeights[k] : mean;
        }
    }

    /** The weights as they are now, to be published at the given time. */
    public Weights weights(long nowMillis) {
        useLearned();
        return new Weights(
                spec.ensemble(),
                null,
                spec.version(),
                version,
                evidence,
                spec.fusion().method().label(),
                spec.learning().learner(),
                members.toArray(new String[0]),
                normalisedLogs(),
                nowMillis);
    }

    private double[] normalisedLogs() {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logWeights) {
            max = Math.max(max, log);
        }
        double sum = 0;
        for (double log : logWeights) {
            sum += StrictMath.exp(log - max);
        }
        double[] normalised = new double[logWeights.length];
        for (int k = 0; k < normalised.length; k++) {
            normalised[k] = logWeights[k] - max - StrictMath.log(sum);
        }
        return normalised;
    }

    /** How many feedback records it has folded. */
    public long version() {
        return version;
    }

    /** How many of them could teach nothing: late corrections, retractions, and events that no member answered. */
    public long unlearnable() {
        return unlearnable;
    }

    /** All it knows, as bytes; what they are of is checked on {@link #restore}. */
    public byte[] snapshot() {
        ByteBuffer bytes = ByteBuffer.allocate(size());
        bytes.putInt(FORMAT)
                .putInt(identity())
                .putLong(version)
                .putDouble(evidence)
                .putLong(unlearnable);
        for (double number : state) {
            bytes.putDouble(number);
        }
        for (long count : lessons) {
            bytes.putLong(count);
        }
        return bytes.array();
    }

    /**
     * Takes up what {@link #snapshot} wrote.
     *
     * @throws IllegalStateException if it is of another learner or of other members
     */
    public void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        if (snapshot.length != size() || bytes.getInt() != FORMAT || bytes.getInt() != identity()) {
            throw new IllegalStateException("the stored state of the weights of " + spec.ensemble()
                    + " is of another learner or other members than the spec's "
                    + spec.learning().learner() + " over "
                    + String.join(", ", members)
                    + "; restore that spec, or give the ensemble a new name to start afresh");
        }
        version = bytes.getLong();
        evidence = bytes.getDouble();
        unlearnable = bytes.getLong();
        for (int i = 0; i < state.length; i++) {
            state[i] = bytes.getDouble();
        }
        for (int k = 0; k < lessons.length; k++) {
            lessons[k] = bytes.getLong();
        }
    }

    private int size() {
        return 32 + 8 * state.length + 8 * lessons.length;
    }

    private int identity() {
        return 31 * spec.learning().learner().hashCode() + members.hashCode();
    }
}
