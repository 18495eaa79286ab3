package io.tributary.core.learn;

import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What learns the fusion of one ensemble, or of one segment of it: a single candidate, or several with a selector that
 * publishes their leader. Not for several threads.
 */
final class Learning {

    private final Ensemble ensemble;
    private final List<Candidate> candidates;
    private final @Nullable Selector selector;
    private final double[] fused;
    private final double[] losses;

    /**
     * Before any label.
     *
     * @param learner a learner's name
     * @param method how scores are fused; null to leave it to the learner
     */
    Learning(Ensemble ensemble, String learner, @Nullable FusionMethod method, LearnerSettings settings) {
        this.ensemble = ensemble;
        this.candidates = Candidates.of(ensemble, learner, method, settings);
        this.selector = learner.equals(Learners.AUTO) ? new Selector(candidates.size()) : null;
        this.fused = new double[ensemble.classes()];
        this.losses = new double[candidates.size()];
    }

    /** How many candidates there are. */
    int size() {
        return candidates.size();
    }

    /** A candidate's name. */
    String name(int candidate) {
        return candidates.get(candidate).name();
    }

    /** What a candidate fuses with now. */
    Fusion fusion(int candidate) {
        return candidates.get(candidate).fusion();
    }

    /** The candidate that is published. */
    int leader() {
        return selector == null ? 0 : selector.leader();
    }

    /**
     * Folds one label in.
     *
     * @param scores NaN where a member did not answer; at least one did
     * @param emitted what each candidate would have emitted when the event was scored, candidate after candidate; null
     *     where they shall not be judged by it; of another length where it is not known, in which case what they say now
     *     stands for it
     * @param importance above 0
     * @param lag how many lessons ago the event was scored
     */
    void learn(double[] scores, double @Nullable [] emitted, double label, double importance, long lag) {
        if (selector != null && emitted != null) {
            judge(scores, emitted, label, selector, importance, lag);
        }
        for (Candidate candidate : candidates) {
            candidate.learn(scores, label, importance, lag);
        }
    }

    /**
     * Learns that a label was another one, or none, if a single candidate learns and its state can be inverted. What the
     * selector has judged cannot be: it goes by what was emitted.
     *
     * @return whether it did; if not, nothing has changed
     */
    boolean revise(double[] scores, Revision revision) {
        return selector == null && candidates.get(0).revise(scores, revision);
    }

    private void judge(double[] scores, double[] emitted, double label, Selector judge, double importance, long lag) {
        int classes = ensemble.classes();
        boolean isKnown = emitted.length == candidates.size() * classes && !Double.isNaN(emitted[0]);
        for (int i = 0; i < losses.length; i++) {
            if (isKnown) {
                System.arraycopy(emitted, i * classes, fused, 0, classes);
            } else {
                candidates.get(i).fuse(scores, fused);
            }
            losses[i] = ensemble.loss(fused, label);
        }
        judge.learn(losses, importance, lag);
    }

    /** What a candidate makes of an event's scores now. */
    void fuse(int candidate, double[] scores, double[] into) {
        candidates.get(candidate).fuse(scores, into);
    }

    /** How many bytes {@link #write} takes. */
    int bytes() {
        int sum = 0;
        for (Candidate candidate : candidates) {
            sum += 8 * candidate.state().length;
        }
        return sum + (selector == null ? 0 : 8 * selector.state().length);
    }

    void write(ByteBuffer into) {
        for (Candidate candidate : candidates) {
            write(candidate.state(), into);
        }
        if (selector != null) {
            write(selector.state(), into);
        }
    }

    /**
     * Takes up what was written.
     *
     * @param oldIndexes for each member its index among the members at that time; −1 if it was none of them
     * @param oldMembers how many members there were at that time
     */
    void read(ByteBuffer from, int[] oldIndexes, int oldMembers) {
        for (Candidate candidate : candidates) {
            double[] old = new double[candidate.stateSize(oldMembers)];
            read(old, from);
            candidate.restore(old, oldIndexes);
        }
        if (selector != null) {
            read(selector.state(), from);
        }
    }

    static void write(double[] state, ByteBuffer into) {
        for (double number : state) {
            into.putDouble(number);
        }
    }

    static void read(double[] state, ByteBuffer from) {
        for (int i = 0; i < state.length; i++) {
            state[i] = from.getDouble();
        }
    }
}
