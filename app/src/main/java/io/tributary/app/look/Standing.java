package io.tributary.app.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an ensemble stands at a moment.
 *
 * @param nowMillis the moment, epoch milliseconds
 * @param broker whether it answers
 * @param registry whether it answers
 * @param missingTopics topics that it needs and that there are not
 * @param waitingEvents how many events the scoring plane has not read, as far as it has said; −1 if that is unknown
 * @param learning the learning plane
 * @param emitted what is on the topics; null if they could not be read
 * @param problems what is wrong, in words; empty if all is well
 * @param notes what is worth knowing, in words
 */
public record Standing(
        EnsembleSpec spec,
        long nowMillis,
        boolean broker,
        boolean registry,
        List<String> missingTopics,
        long waitingEvents,
        Learning learning,
        @Nullable Emissions emitted,
        List<String> problems,
        List<String> notes) {

    /**
     * The learning plane.
     *
     * @param runs whether its group has members
     * @param url where it is asked
     * @param answers whether it answers there
     * @param waiting how many records it has not read, as far as it has said; −1 if that is unknown
     */
    public record Learning(boolean runs, String url, boolean answers, long waiting) {}

    /**
     * What is on the topics.
     *
     * @param newest the newest prediction; null if there is none
     * @param weights the newest weights of all traffic; null if there are none
     * @param published the version of the spec that was published last; null if none was
     * @param lettersOf over how long dead letters were counted
     * @param letters how many there were
     * @param newestLetter the newest of them; null if there were none
     * @param live health, figures and members as the dashboard has them
     */
    public record Emissions(
            @Nullable Prediction newest,
            @Nullable Weights weights,
            @Nullable Integer published,
            Duration lettersOf,
            long letters,
            @Nullable DeadLetter newestLetter,
            JsonNode live) {}

    /** Whether nothing is wrong. */
    public boolean isWell() {
        return problems.isEmpty();
    }
}
