package io.tributary.core.learn;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import java.util.Arrays;

/** Members' scores and outcomes, row after row, and what a learner makes of them. */
final class Replay {

    /**
     * Where a learner's weights went.
     *
     * @param weights the weights each row was fused with
     * @param fused each row's fused score
     * @param next the weights over all members after the last row
     */
    record Run(double[][] weights, double[] fused, double[] next) {}

    private static final double CLIP = 1e-12;

    private final double[][] scores;
    private final boolean[][] awake;
    private final double[] outcomes;

    Replay(double[][] scores, boolean[][] awake, double[] outcomes) {
        this.scores = scores;
        this.awake = awake;
        this.outcomes = outcomes;
    }

    int rows() {
        return outcomes.length;
    }

    /** Fuses and learns row after row by the weighted mean, each outcome known before the next row. */
    Run run(Configuration configuration) {
        int members = scores[0].length;
        WeightLearner learner = configuration.learner();
        Lesson lesson = new Lesson(configuration.loss(), configuration.gradient(), members, 1);
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, members);
        double[] state = new double[learner.stateSize(members)];
        learner.start(configuration.logPrior(members), state);
        double[][] weights = new double[rows()][];
        double[] fused = new double[rows()];
        double[] logWeights = new double[members];
        for (int t = 0; t < rows(); t++) {
            double[] present = present(t, configuration.sleeping());
            learner.logWeights(state, logWeights);
            fuser.use(logWeights);
            fused[t] = fuser.fuse(present);
            weights[t] = fuser.effectiveWeights().clone();
            lesson.prepare(fuser, present, outcomes[t], 1, 0);
            learner.update(state, lesson);
        }
        learner.logWeights(state, logWeights);
        fuser.use(logWeights);
        return new Run(weights, fused, fuser.weights().clone());
    }

    private double[] present(int row, boolean sleeping) {
        double[] present = scores[row].clone();
        for (int k = 0; k < present.length; k++) {
            present[k] = sleeping && !awake[row][k] ? Double.NaN : present[k];
        }
        return present;
    }

    /** A stream of three tables, each led by the row's number. */
    static Replay of(CsvNumbers scores, CsvNumbers awake, CsvNumbers outcomes) {
        double[][] flags = awake.columnsFrom(1);
        boolean[][] isAwake = new boolean[flags.length][];
        for (int t = 0; t < flags.length; t++) {
            isAwake[t] = new boolean[flags[t].length];
            for (int k = 0; k < flags[t].length; k++) {
                isAwake[t][k] = flags[t][k] > 0;
            }
        }
        double[] labels = Arrays.stream(outcomes.columnsFrom(1))
                .mapToDouble(row -> row[0])
                .toArray();
        return new Replay(scores.columnsFrom(1), isAwake, labels);
    }

    /** A stream in which a member sleeps wherever its score is NaN. */
    static Replay of(double[][] scores, double[] outcomes) {
        boolean[][] awake = new boolean[scores.length][];
        for (int t = 0; t < scores.length; t++) {
            awake[t] = new boolean[scores[t].length];
            Arrays.fill(awake[t], true);
        }
        return new Replay(scores, awake, outcomes);
    }
}
