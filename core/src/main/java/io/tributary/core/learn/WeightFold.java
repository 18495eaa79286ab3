package io.tributary.core.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Folds feedback into weights: the one place where learning happens, whichever plane, test or tool runs it. Candidates
 * learn at the score computed again with the weights of the moment the label comes, since regrets taken at what was
 * emitted long ago make learners diverge when labels are late; but they are judged by what they would have emitted.
 *
 * <p>The same feedback in the same order gives the same bits on every JVM. Not for several threads.
 */
public final class WeightFold {

    private static final int FORMAT = 3;

    private final LearningPlan plan;
    private final List<String> members;
    private final Learning global;
    private final SegmentFolds segments;
    private final @Nullable Platt platt;
    private final @Nullable Conformal conformal;
    private final double[] scores;
    private final double[] fused;
    private long version;
    private double evidence;
    private long unlearnable;
    private long membersSince;

    /** A fold that has seen no feedback: all members weigh the same. */
    public WeightFold(EnsembleSpec spec) {
        this(spec.plan());
    }

    /** The same for what of a spec it goes by. */
    public WeightFold(LearningPlan plan) {
        this.plan = plan;
        this.members = plan.members();
        this.global = learning();
        this.segments = new SegmentFolds(plan.learning().segments(), this::learning);
        this.platt = plan.fusion().calibrated() ? new Platt(plan.fusion().clip()) : null;
        this.conformal = Double.isNaN(plan.fusion().interval())
                ? null
                : new Conformal(plan.fusion().interval());
        this.fused = new double[plan.classes()];
        this.scores = new double[members.size() * plan.classes()];
    }

    private Learning learning() {
        return new Learning(
                Ensemble.of(plan),
                plan.learning().learner(),
                plan.fusion().method(),
                plan.learning().settings());
    }

    /**
     * Folds one feedback in. A label teaches. A correction or retraction of a label that has taught changes what was
     * learned to what the right label would have taught, where that can be had exactly: with hedge without the gradient
     * trick if every member has answered since the event was fused, and with the stack of a regression if old labels do
     * not fade. Calibration and intervals keep what they have learned. Where it cannot be had, it changes nothing and is
     * counted, and so is feedback for which no member answered, or whose label the loss is not defined for. Each of them
     * raises the version.
     */
    public void learn(Feedback feedback) {
        long lag = Math.max(0, version - feedback.scored().weightsVersion());
        version++;
        feedback.scoresInto(members, scores);
        boolean anyAnswered = false;
        for (double score : scores) {
            anyAnswered |= !Double.isNaN(score);
        }
        boolean isLearned =
                anyAnswered && (feedback.kind() == Feedback.Kind.LABEL ? teach(feedback, lag) : revise(feedback));
        unlearnable += isLearned ? 0 : 1;
    }

    private boolean teach(Feedback feedback, long lag) {
        double label = feedback.label();
        if (!plan.learning().loss().accepts(label)) {
            return false;
        }
        double importance = plan.learning().importance(feedback.propensity());
        if (platt != null) {
            global.fuse(global.leader(), scores, fused);
            platt.learn(fused[0], label, importance);
        }
        if (conformal != null) {
            conformal.learn(feedback.scored().score(), label);
        }
        global.learn(scores, emitted(feedback.scored()), label, importance, lag);
        String segment = feedback.scored().segment();
        if (segment != null) {
            segments.learn(segment, scores, label, importance, version);
        }
        evidence += importance;
        return true;
    }

    /** Labels that the loss is not defined for teach nothing, which goes for either side of a correction. */
    private boolean revise(Feedback feedback) {
        LearningSpec settings = plan.learning();
        boolean hadOne = settings.loss().accepts(feedback.previousLabel());
        boolean hasOne = settings.loss().accepts(feedback.label());
        // The label came after its event was scored, with the members of that time.
        long scoredAt = feedback.scored().weightsVersion();
        boolean isOfTheseMembers = scoredAt >= membersSince && scoredAt < version - 1;
        if (!isOfTheseMembers || !(hadOne || hasOne)) {
            return false;
        }
        Revision revision = new Revision(
                hadOne ? feedback.previousLabel() : Double.NaN,
                hadOne ? settings.importance(feedback.previousPropensity()) : 0,
                hasOne ? feedback.label() : Double.NaN,
                hasOne ? settings.importance(feedback.propensity()) : 0,
                version - 1 - scoredAt);
        if (!global.revise(scores, revision)) {
            return false;
        }
        String segment = feedback.scored().segment();
        if (segment != null) {
            segments.revise(segment, scores, revision, version);
        }
        evidence += revision.importanceAfter() - revision.importanceBefore();
        return true;
    }

    /** Before the first weights, candidates say what they were made with, by which they should not be judged. */
    private static double @Nullable [] emitted(Scored scored) {
        return scored.weightsVersion() == 0 ? null : scored.candidates();
    }

    /** The weights as they are now, to be published at the given time. */
    public Weights weights(long nowMillis) {
        return weights(null, version, evidence, candidates(global), nowMillis);
    }

    /**
     * What was learned from single segments since the given version, each from its own labels alone: a predictor mixes
     * it with the global weights by its evidence.
     */
    public List<Weights> segmentWeights(long sinceVersion, long nowMillis) {
        List<Weights> changed = new ArrayList<>();
        segments.since(
                sinceVersion,
                (name, segment) -> changed.add(
                        weights(name, segment.version, segment.evidence, candidates(segment.learning), nowMillis)));
        return changed;
    }

    /** The segments that were forgotten since the given version, for newer ones. */
    public List<String> segmentsGone(long sinceVersion) {
        return segments.goneSince(sinceVersion);
    }

    private static Weights.Candidate[] candidates(Learning learning) {
        Weights.Candidate[] candidates = new Weights.Candidate[learning.size()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = new Weights.Candidate(learning.name(i), copy(learning.fusion(i)));
        }
        return candidates;
    }

    private static Fusion copy(Fusion fusion) {
        return new Fusion(
                fusion.method(), fusion.parameters().clone(), fusion.bias().clone());
    }

    private Weights weights(
            @Nullable String segment, long at, double behind, Weights.Candidate[] candidates, long nowMillis) {
        return new Weights(
                plan.ensemble(),
                segment,
                plan.version(),
                at,
                behind,
                plan.learning().learner(),
                members.toArray(new String[0]),
                plan.classNames().toArray(new String[0]),
                candidates,
                global.leader(),
                platt == null ? null : platt.calibration(),
                conformal == null ? null : conformal.offsets(),
                nowMillis);
    }

    /** All it knows, as bytes; what they are of is checked on {@link #restore}. */
    public byte[] snapshot() {
        byte[] names = String.join("\n", members).getBytes(UTF_8);
        int size = 2 * Integer.BYTES + Integer.BYTES + names.length + 4 * Long.BYTES;
        size += global.bytes() + segments.bytes();
        size += platt == null ? 0 : 8 * platt.state().length;
        size += conformal == null ? 0 : 8 * conformal.state().length;
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putInt(FORMAT).putInt(identity()).putInt(names.length).put(names);
        bytes.putLong(version).putDouble(evidence).putLong(unlearnable).putLong(membersSince);
        global.write(bytes);
        if (platt != null) {
            Learning.write(platt.state(), bytes);
        }
        if (conformal != null) {
            Learning.write(conformal.state(), bytes);
        }
        segments.write(bytes);
        return bytes.array();
    }

    /**
     * Takes up what {@link #snapshot} wrote. Members may have come and gone since: those that stayed keep what they
     * learned, new ones begin with their share.
     *
     * @throws IllegalStateException if it is of other classes, of another learner or loss, or cut short
     */
    public void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        try {
            if (bytes.getInt() != FORMAT || bytes.getInt() != identity()) {
                throw otherLearner(null);
            }
            byte[] names = new byte[bytes.getInt()];
            bytes.get(names);
            List<String> old = List.of(new String(names, UTF_8).split("\n", -1));
            int[] oldIndexes = members.stream().mapToInt(old::indexOf).toArray();
            long oldVersion = bytes.getLong();
            double oldEvidence = bytes.getDouble();
            long oldUnlearnable = bytes.getLong();
            long oldMembersSince = bytes.getLong();
            global.read(bytes, oldIndexes, old.size());
            if (platt != null) {
                Learning.read(platt.state(), bytes);
            }
            if (conformal != null) {
                Learning.read(conformal.state(), bytes);
                conformal.restored();
            }
            segments.read(bytes, oldIndexes, old.size());
            version = oldVersion;
            evidence = oldEvidence;
            unlearnable = oldUnlearnable;
            membersSince = old.equals(members) ? oldMembersSince : oldVersion;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw otherLearner(e);
        }
    }

    private IllegalStateException otherLearner(@Nullable Exception cause) {
        return new IllegalStateException(
                "the stored state of the weights of " + plan.ensemble()
                        + " is of another task, or of other classes, or of another learner, loss or fusion than the spec's "
                        + plan.learning().learner() + ", or not whole"
                        + "; restore that spec, or give the ensemble a new name to start afresh",
                cause);
    }

    /** What must be the same for a state to make sense. */
    private int identity() {
        return Objects.hash(
                plan.task().label() + String.join("\n", plan.classNames()),
                plan.learning().learner(),
                plan.learning().loss().label(),
                plan.learning().settings().toString(),
                plan.fusion().method() == null ? "" : plan.fusion().method().label(),
                plan.fusion().calibrated(),
                Double.isNaN(plan.fusion().interval()));
    }

    /** How many feedback records it has folded. */
    public long version() {
        return version;
    }

    /** How many of them could teach nothing, such as late corrections to learners that cannot take a lesson back. */
    public long unlearnable() {
        return unlearnable;
    }
}
