package io.tributary.core.learn;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import java.util.Arrays;

/** Weights that sum to 1, moved by a {@link WeightLearner}. */
final class WeightCandidate implements Candidate {

    private final String name;
    private final FusionMethod method;
    private final WeightLearner learner;
    private final Lesson lesson;
    private final Fuser fuser;
    private final double newMemberShare;
    private final double[] state;
    private final double[] logWeights;
    private final double[] bias;
    private final double[] saved;
    private final int known;
    private final int regular;
    private boolean stale = true;

    /**
     * A candidate.
     *
     * @param gradient whether regrets are linearised at the fused score
     */
    WeightCandidate(
            String name,
            Ensemble ensemble,
            FusionMethod method,
            WeightLearner learner,
            boolean gradient,
            double newMemberShare) {
        int members = ensemble.members();
        this.name = name;
        this.method = method;
        this.learner = learner;
        this.lesson = new Lesson(ensemble.loss(), gradient, members, ensemble.classes());
        this.fuser = ensemble.fuser(method);
        this.newMemberShare = newMemberShare;
        this.known = learner.stateSize(members);
        this.regular = known + 2 * members;
        // After the learner's own state: how many lessons each member had, what is added to its logarithm, and how many
        // lessons there have been since the last one in which not every member answered, or one was new.
        this.state = new double[regular + 1];
        state[regular] = Double.POSITIVE_INFINITY;
        this.saved = new double[members];
        this.logWeights = new double[members];
        this.bias = new double[ensemble.classes()];
        double[] prior = new double[members];
        Arrays.fill(prior, -StrictMath.log(members));
        learner.start(prior, state);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fusion fusion() {
        refresh();
        return new Fusion(method, normalised(), bias);
    }

    @Override
    public void fuse(double[] scores, double[] into) {
        refresh();
        fuser.fuse(scores);
        System.arraycopy(fuser.fused(), 0, into, 0, into.length);
    }

    @Override
    public void learn(double[] scores, double label, double importance, long lag) {
        learner.playedLogWeights(state, lag, logWeights);
        weighTheUnknown();
        fuser.use(logWeights);
        fuser.fuse(scores);
        lesson.prepare(fuser, scores, label, importance, lag);
        boolean anyNew = false;
        for (int k = 0; k < logWeights.length; k++) {
            anyNew |= lesson.isAwake(k) && state[known + k] == 0;
        }
        learner.update(state, lesson);
        boolean isRegular = !(anyNew && introduce());
        for (int k = 0; k < logWeights.length; k++) {
            state[known + k] += lesson.isAwake(k) ? 1 : 0;
            isRegular &= lesson.isAwake(k);
        }
        state[regular] = isRegular ? state[regular] + 1 : 0;
        stale = true;
    }

    /**
     * What a lesson does to a member relative to one that did not answer depends on the weights of that time, and so on
     * all labels before. Where such a lesson came after the label, or was the label's own, it cannot be taken back.
     */
    @Override
    public boolean revise(double[] scores, Revision revision) {
        if (lesson.isGradient() || state[regular] < revision.lag()) {
            return false;
        }
        refresh();
        fuser.fuse(scores);
        Arrays.fill(saved, 0);
        boolean isExact = save(scores, revision.before(), revision.importanceBefore(), 1)
                && save(scores, revision.after(), revision.importanceAfter(), -1);
        if (!isExact || !learner.revise(state, saved)) {
            return false;
        }
        for (int k = 0; k < saved.length; k++) {
            state[known + k] += revision.labels();
        }
        stale = true;
        return true;
    }

    /** Adds up the members' losses; false if a member did not answer, or a loss was cut when it was learned from. */
    private boolean save(double[] scores, double label, double importance, int sign) {
        if (Double.isNaN(label)) {
            return true;
        }
        lesson.prepare(fuser, scores, label, importance, 0);
        boolean isExact = true;
        for (int k = 0; k < saved.length; k++) {
            saved[k] += sign * lesson.loss(k);
            isExact &= lesson.isAwake(k) && lesson.loss(k) <= Lesson.LARGEST / 2;
        }
        return isExact;
    }

    /**
     * A member that comes to others which have been learning for a while begins where it was until now, at its share, and
     * is not taken to have been level with the best since the beginning.
     *
     * @return whether there were others
     */
    private boolean introduce() {
        if (Double.isNaN(newMemberShare) || lessonsOfAll() == 0) {
            return false;
        }
        double[] before = logWeights.clone();
        learner.logWeights(state, logWeights);
        double anchor = 0;
        int old = 0;
        for (int k = 0; k < logWeights.length; k++) {
            if (state[known + k] > 0 && Double.isFinite(logWeights[k]) && Double.isFinite(before[k])) {
                anchor += logWeights[k] + offset(k) - before[k];
                old++;
            }
        }
        for (int k = 0; k < logWeights.length && old > 0; k++) {
            if (lesson.isAwake(k) && state[known + k] == 0 && Double.isFinite(logWeights[k])) {
                state[known + logWeights.length + k] = before[k] + anchor / old - logWeights[k];
            }
        }
        return true;
    }

    private double lessonsOfAll() {
        double sum = 0;
        for (int k = 0; k < logWeights.length; k++) {
            sum += state[known + k];
        }
        return sum;
    }

    private double offset(int member) {
        return state[known + logWeights.length + member];
    }

    private void refresh() {
        if (stale) {
            learner.logWeights(state, logWeights);
            weighTheUnknown();
            fuser.use(logWeights);
            stale = false;
        }
    }

    /**
     * A member that has not answered any labelled event gets its share. Learners would give it anything from the least to
     * nearly all of the weight, for they know nothing of it.
     */
    private void weighTheUnknown() {
        double max = Double.NEGATIVE_INFINITY;
        int met = 0;
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] += offset(k);
            max = state[known + k] > 0 ? Math.max(max, logWeights[k]) : max;
            met += state[known + k] > 0 ? 1 : 0;
        }
        int unmet = logWeights.length - met;
        if (Double.isNaN(newMemberShare) || met == 0 || unmet == 0 || max == Double.NEGATIVE_INFINITY) {
            return;
        }
        double sum = 0;
        for (int k = 0; k < logWeights.length; k++) {
            sum += state[known + k] > 0 ? StrictMath.exp(logWeights[k] - max) : 0;
        }
        double share = newMemberShare > 0 && unmet * newMemberShare < 1 ? newMemberShare : 1.0 / logWeights.length;
        double log = max + StrictMath.log(sum * share / (1 - unmet * share));
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = state[known + k] > 0 ? logWeights[k] : log;
        }
    }

    private double[] normalised() {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logWeights) {
            max = Math.max(max, log);
        }
        double sum = 0;
        for (double log : logWeights) {
            sum += StrictMath.exp(log - max);
        }
        double[] logs = new double[logWeights.length];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = logWeights[k] - max - StrictMath.log(sum);
        }
        return logs;
    }

    @Override
    public double[] state() {
        return state;
    }

    @Override
    public int stateSize(int members) {
        return learner.stateSize(members) + 2 * members + 1;
    }

    @Override
    public void restore(double[] old, int[] oldIndexes) {
        int members = oldIndexes.length;
        int oldMembers = (old.length - learner.shared() - 1) / (learner.fields() + 2);
        int oldKnown = learner.stateSize(oldMembers);
        System.arraycopy(old, 0, state, 0, learner.shared());
        for (int k = 0; k < members; k++) {
            int from = oldIndexes[k];
            if (from >= 0) {
                int fields = learner.fields();
                System.arraycopy(old, learner.shared() + fields * from, state, learner.shared() + fields * k, fields);
            }
            state[known + k] = from < 0 ? 0 : old[oldKnown + from];
            state[known + members + k] = from < 0 ? 0 : old[oldKnown + oldMembers + from];
        }
        state[regular] = old[old.length - 1];
        stale = true;
    }
}
