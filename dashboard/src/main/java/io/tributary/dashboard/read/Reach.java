package io.tributary.dashboard.read;

import java.time.Duration;

/**
 * How far back topics are read. The control topic is always read whole.
 *
 * @param past from so long ago on
 * @param least yet not fewer records of a partition than these, so that there is something to see
 * @param most nor more of a partition than these, so that it is read soon
 * @param isWithAllWeights whether the topic of weights is read whole, for those of every segment; else it is read as the others are
 */
public record Reach(Duration past, long least, long most, boolean isWithAllWeights) {

    /** What the page shows. */
    static final Reach AN_HOUR = new Reach(Duration.ofHours(1), 100, 50_000, true);
}
