package io.tributary.core.drift;

import java.nio.ByteBuffer;

/**
 * Watches the mean of a stream of numbers. It is a deterministic fold: the same values in the same order give the same
 * bits on every JVM. Its state does not grow with the stream, and observing allocates nothing. Not for several threads.
 *
 * <p>NaN is a missing value and changes nothing. Values beyond ±1e100 count as ±1e100, so that no sum or square of them
 * overflows.
 */
public interface DriftDetector {

    /** What alarms call it. */
    String name();

    /**
     * Takes in one value.
     *
     * @return what this value has shown; {@link Change#NONE} unless an alarm is due now
     */
    Change observe(double value);

    /** The mean of the values that it still goes by; NaN if it has none. */
    double mean();

    /** How many values {@link #mean} is taken over. */
    long width();

    /** The mean before the change that it reported last; NaN if there was none. */
    double meanBefore();

    /** The mean after the change that it reported last, when it reported it; NaN if there was none. */
    double meanAfter();

    /** Forgets all it knows, as if it were new. */
    void clear();

    /** The most bytes that {@link #write} takes. */
    int maxBytes();

    /**
     * Writes all it knows.
     *
     * @throws java.nio.BufferOverflowException if there is no room for it
     */
    void write(ByteBuffer bytes);

    /**
     * Takes up what {@link #write} of a detector with the same parameters wrote, to the last bit.
     *
     * @throws java.nio.BufferUnderflowException if there are too few bytes
     * @throws IllegalArgumentException if the bytes cannot be such a state
     */
    void read(ByteBuffer bytes);
}
