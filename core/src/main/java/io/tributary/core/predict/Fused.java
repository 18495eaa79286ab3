package io.tributary.core.predict;

import io.tributary.core.Event;
import io.tributary.core.Labels;
import io.tributary.core.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What a predictor made of one event, in its own buffers and in those it was handed: to be read before any of them changes.
 * It says what a {@link Prediction} says, and {@link #prediction} makes one of it. Not for several threads.
 */
public final class Fused {

    private static final float[] NO_FEATURES = {};
    private static final double[] NO_SCORES = {};

    Terms terms;
    Event event;
    long processingTimeMillis;
    double score = Double.NaN;
    double[] classScores = NO_SCORES;

    @Nullable
    Boolean positive;

    boolean degraded;

    @Nullable
    String withheld;

    double disagreement = Double.NaN;

    Prediction.@Nullable Interval interval;

    double[] scores = NO_SCORES;
    double[] weights = NO_SCORES;
    double[] contributions = NO_SCORES;

    @Nullable
    String[] missing = {};

    double[] candidates = NO_SCORES;

    Prediction.@Nullable Latencies latencies;

    Fused(Terms terms, Event event) {
        this.terms = terms;
        this.event = event;
    }

    /** What a prediction says. Shares its arrays. */
    public static Fused of(Prediction prediction) {
        Event event =
                new Event(prediction.eventId(), prediction.eventTimeMillis(), prediction.segment(), NO_FEATURES, null);
        Fused fused = new Fused(Terms.of(prediction), event);
        fused.processingTimeMillis = prediction.processingTimeMillis();
        fused.score = prediction.score();
        fused.classScores = prediction.classScores();
        fused.positive = prediction.positive();
        fused.degraded = prediction.degraded();
        fused.withheld = prediction.withheld();
        fused.disagreement = prediction.disagreement();
        fused.interval = prediction.interval();
        fused.scores = prediction.scores();
        fused.weights = prediction.weights();
        fused.contributions = prediction.contributions();
        fused.missing = prediction.missing();
        fused.candidates = prediction.candidates();
        fused.latencies = prediction.latencies();
        return fused;
    }

    /** A prediction of its own, which later events do not change. */
    public Prediction prediction() {
        return new Prediction(
                terms.ensemble(),
                event.id(),
                event.timeMillis(),
                processingTimeMillis,
                event.segment(),
                score,
                classScores.clone(),
                terms.classes(),
                positive,
                degraded,
                withheld,
                disagreement,
                interval,
                terms.members(),
                scores.clone(),
                weights.clone(),
                contributions.clone(),
                missing.clone(),
                terms.checksums(),
                terms.recipe(),
                hasScore() ? candidates.clone() : NO_SCORES,
                terms.specVersion(),
                terms.weightsVersion(),
                latencies);
    }

    /** What it has in common with other events. */
    public Terms terms() {
        return terms;
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** When it was fused, epoch milliseconds. */
    public long processingTimeMillis() {
        return processingTimeMillis;
    }

    /** Whether there is a score: some member answered, and all that are required did. */
    public boolean hasScore() {
        return !Double.isNaN(score);
    }

    /** The fused score, after calibration; NaN where there is none. */
    public double score() {
        return score;
    }

    /** The fused probability of each class; empty unless there are several. */
    public double[] classScores() {
        return classScores;
    }

    /** The likeliest class as {@link Prediction#likeliest} has it; −1 where there is none. */
    public int likeliest() {
        return classScores.length == 0 || !hasScore() ? -1 : Labels.likeliest(classScores, 0, classScores.length);
    }

    /** Whether the score reaches the threshold; null where that is not asked. */
    public @Nullable Boolean positive() {
        return positive;
    }

    /** Whether a member is missing that has a part in the fusion. */
    public boolean degraded() {
        return degraded;
    }

    /** Why there is no score; null if there is one. */
    public @Nullable String withheld() {
        return withheld;
    }

    /** The weighted standard deviation of the scores around the fused one; NaN where there is no score. */
    public double disagreement() {
        return disagreement;
    }

    /** Where the truth lies with a stated probability; null if that is not told. */
    public Prediction.@Nullable Interval interval() {
        return interval;
    }

    /** Each member's score, laid out as {@link Prediction} has them; NaN where missing. */
    public double[] scores() {
        return scores;
    }

    /** The weight each score was given. */
    public double[] weights() {
        return weights;
    }

    /** What each member adds to the fused score, laid out as the scores are. */
    public double[] contributions() {
        return contributions;
    }

    /** Why each member is missing; null where it answered. */
    public @Nullable String[] missing() {
        return missing;
    }

    /** What each candidate of the learner made of the scores; of no meaning where there is no score. */
    public double[] candidates() {
        return candidates;
    }

    /** How long the stages took; null where that was not measured. */
    public Prediction.@Nullable Latencies latencies() {
        return latencies;
    }
}
