package io.tributary.core.drift;

/** The range that values are kept in. */
final class Values {

    // The square of a difference is at most 4e200, and even 2^63 of them do not overflow.
    static final double MOST = 1e100;

    private Values() {}

    /** The nearest value within ±1e100; NaN stays NaN. */
    static double clamped(double value) {
        return Math.max(-MOST, Math.min(MOST, value));
    }
}
