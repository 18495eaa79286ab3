package io.tributary.core.backtest;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.LearningPlan;
import org.jspecify.annotations.Nullable;

/**
 * Scores a recording event by event with the weights learned from the labels known by then: what the planes do when
 * weights are published after every label, and by the same fold.
 */
public final class Backtest {

    private static final float[] NO_FEATURES = {};

    private final Recording recording;

    private final int step;

    /** A backtest over the given recording in which every label counts as soon as it is known. */
    public Backtest(Recording recording) {
        this(recording, 1);
    }

    /**
     * A backtest in which new labels are learned only before every so many events, as when a recording is replayed through
     * the planes in lockstep.
     *
     * @param step how many events a step has, from 1
     */
    public Backtest(Recording recording, int step) {
        this.recording = recording;
        this.step = step;
    }

    /** Sees every prediction as it is made. */
    @FunctionalInterface
    public interface Watcher {
        /** Row {@code row} was predicted. */
        void predicted(int row, Prediction prediction);
    }

    /**
     * Runs one learner.
     *
     * @param plan for the recording's members
     * @return the fold after the last row, which has learned from the labels that were known when that was scored
     */
    public WeightFold run(LearningPlan plan, Watcher watcher) {
        return run(plan, watcher, false);
    }

    /** The same, but the fold learns in the end from the labels that became known after the last row, too. */
    public WeightFold fit(LearningPlan plan, Watcher watcher) {
        return run(plan, watcher, true);
    }

    private WeightFold run(LearningPlan plan, Watcher watcher, boolean toTheEnd) {
        WeightFold fold = new WeightFold(plan);
        Predictor predictor = new Predictor(plan);
        @Nullable Scored[] waiting = new Scored[recording.rows()];
        @Nullable String[] missing = new String[plan.members().size()];
        int learned = 0;
        long published = 0;
        for (int t = 0; t < recording.rows(); t++) {
            int known = t % step == 0 ? recording.known()[t] : learned;
            boolean anyNew = learned < known;
            for (; learned < known; learned++) {
                learn(fold, recording.arrivals()[learned], waiting);
            }
            if (anyNew) {
                published = publish(fold, predictor, published);
            }
            Prediction prediction = predictor.predict(
                    new Event("", t, recording.segment(t), NO_FEATURES, null),
                    recording.scores()[t],
                    missing,
                    t);
            waiting[t] = Scored.of(prediction);
            watcher.predicted(t, prediction);
        }
        for (; toTheEnd && learned < recording.arrivals().length; learned++) {
            learn(fold, recording.arrivals()[learned], waiting);
        }
        return fold;
    }

    /** Everything that has changed, as the learning plane publishes it. */
    private static long publish(WeightFold fold, Predictor predictor, long since) {
        predictor.use(fold.weights(0));
        fold.segmentsGone(since).forEach(gone -> predictor.use(Weights.forgotten("", gone)));
        fold.segmentWeights(since, 0).forEach(predictor::use);
        return fold.version();
    }

    private void learn(WeightFold fold, int row, @Nullable Scored[] waiting) {
        Scored scored = waiting[row];
        double label = recording.labels()[row];
        if (scored != null && !Double.isNaN(label)) {
            fold.learn(new Feedback(Feedback.Kind.LABEL, "", row, label, Double.NaN, null, Double.NaN, scored));
        }
        waiting[row] = null;
    }
}
