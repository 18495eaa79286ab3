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
    private final int known;
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
        // After the learner's own state: how many lessons each member had, and what is added to its logarithm.
        this.state = new double[known + 2 * members];
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
        if (anyNew) {
            introduce();
        }
        for (int k = 0; k < logWeights.length; k++) {
            state[known + k] += lesson.isAwake(k) ? 1 : 0;
        }
        stale = true;
    }

    /**
     * A member that comes to others which have been learning for a while begins where it was until now, at its share, and
     * is not taken to have been level with the best since the beginning.
     */
    private void introduce() {
        if (Double.isNaN(newMemberShare) || lessonsOfAll() == 0) {
            return;
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
        return learner.stateSize(members) + 2 * members;
    }

    @Override
    public void restore(double[] old, int[] oldIndexes) {
        int members = oldIndexes.length;
        int oldMembers = (old.length - learner.shared()) / (learner.fields() + 2);
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
        stale = true;
    }
}
