package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.MissingReason;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Some events on their way through the members. The task thread fills it and reads the answers; in between each member's
 * thread writes its own row of scores and its own failure. Counting down {@code unanswered} hands them over.
 */
final class ScoreBatch {

    private final FeatureBatch features;
    private final List<Event> events;
    private final double[][] scores;
    private final @Nullable MissingReason[] failures;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** An empty batch that will be reused. */
    ScoreBatch(EnsembleSpec spec) {
        int capacity = spec.batch().size();
        int members = spec.members().size();
        this.features = new FeatureBatch(capacity, spec.features().width());
        this.events = new ArrayList<>(capacity);
        this.scores = new double[members][capacity * spec.scoreWidth()];
        this.failures = new MissingReason[members];
    }

    void add(Event event) {
        features.add(event.features());
        events.add(event);
    }

    boolean isFull() {
        return features.isFull();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    List<Event> events() {
        return events;
    }

    FeatureBatch features() {
        return features;
    }

    /** Gets ready to be handed to the members. */
    void dispatched() {
        unanswered.set(scores.length);
    }

    /** Where a member writes its scores, as many numbers a row as a score has. */
    double[] scoresOf(int member) {
        return scores[member];
    }

    /**
     * Notes that a member is done.
     *
     * @param failure why it has no scores; null if it has
     * @return whether it was the last
     */
    boolean answered(int member, @Nullable MissingReason failure) {
        failures[member] = failure;
        return unanswered.decrementAndGet() == 0;
    }

    /** Why a member has no scores; null if it has. */
    @Nullable
    MissingReason failureOf(int member) {
        return failures[member];
    }

    void clear() {
        features.clear();
        events.clear();
    }
}
