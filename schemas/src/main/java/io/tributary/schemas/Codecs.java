package io.tributary.schemas;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Metrics;

/** The codecs of all contracts. */
public final class Codecs {

    /** The fused score of one event. */
    public static final Codec<Prediction> PREDICTION = new PredictionCodec();

    /** The label of one event. */
    public static final Codec<Outcome> OUTCOME = new OutcomeCodec();

    /** The parameters of a fusion. */
    public static final Codec<Weights> WEIGHTS = new WeightsCodec();

    /** How good an ensemble was. */
    public static final Codec<Metrics> METRICS = new MetricsCodec();

    /** A record that could not be used. */
    public static final Codec<DeadLetter> DEAD_LETTER = new DeadLetterCodec();

    /** An outcome joined to its prediction. */
    public static final Codec<Feedback> FEEDBACK = new FeedbackCodec();

    /** What the join stores of an event. */
    public static final Codec<PendingEvent> PENDING_EVENT = new PendingEventCodec();

    private Codecs() {}
}
