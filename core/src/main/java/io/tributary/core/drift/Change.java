package io.tributary.core.drift;

/** What a value has shown about the mean of the values up to it. Of losses, an increase is a change for the worse. */
public enum Change {
    /** Nothing new. */
    NONE,
    /** The mean has risen. */
    INCREASE,
    /** The mean has fallen. */
    DECREASE
}
