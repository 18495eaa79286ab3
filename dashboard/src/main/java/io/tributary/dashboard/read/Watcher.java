package io.tributary.dashboard.read;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.measure.Metrics;
import org.jspecify.annotations.Nullable;

/** Takes what both planes of one ensemble emit; called on the thread of whoever reads it. */
public interface Watcher {

    /** A prediction has been emitted. */
    void prediction(Prediction prediction);

    /** Weights have been published. */
    void weights(Weights weights);

    /** Figures have been reported. */
    void metrics(Metrics metrics);

    /** A record could not be used. */
    void deadLetter(DeadLetter letter);

    /** A segment has no weights of its own any more. */
    default void forgotten(String segment) {}

    /** Something was said about a new version of the spec. */
    default void control(Control said) {}

    /**
     * Whether the topics can be read has changed.
     *
     * @param problem why they cannot, and what is done about it; null if they can
     */
    default void readable(@Nullable String problem) {}
}
