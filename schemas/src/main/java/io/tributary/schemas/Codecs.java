package io.tributary.schemas;

import io.tributary.core.DeadLetter;
import io.tributary.core.Labels;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Metrics;
import java.util.List;

/** The codecs of all contracts. */
public final class Codecs {

    /** The fused score of one event. */
    public static final Codec<Prediction> PREDICTION = new PredictionCodec();

    /** The label of one event as a number; inside the learning plane also a class's index. */
    public static final Codec<Outcome> OUTCOME = outcome(new Labels(Task.BINARY, List.of()));

    /** The parameters of a fusion. */
    public static final Codec<Weights> WEIGHTS = new WeightsCodec();

    /** How good an ensemble was. */
    public static final Codec<Metrics> METRICS = new MetricsCodec();

    /** What is said about a new version of a spec. */
    public static final Codec<Control> CONTROL = new ControlCodec();

    /** A record that could not be used. */
    public static final Codec<DeadLetter> DEAD_LETTER = new DeadLetterCodec();

    /** An outcome joined to its prediction. */
    public static final Codec<Feedback> FEEDBACK = new FeedbackCodec();

    private Codecs() {}

    /** The label of one event, of an ensemble with such labels: where there are several classes, by name. */
    public static Codec<Outcome> outcome(Labels labels) {
        return new OutcomeCodec(labels);
    }
}
