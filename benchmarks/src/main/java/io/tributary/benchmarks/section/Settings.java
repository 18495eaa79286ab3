package io.tributary.benchmarks.section;

/**
 * How thoroughly is measured.
 *
 * @param quick whether few cases are wanted within three minutes in all, to see where things stand
 * @param repeats how often each case is measured, from 1; sections take turns through the cases, so that what the machine
 *     does meanwhile hits all of them alike
 */
public record Settings(boolean quick, int repeats) {

    /** Checks. */
    public Settings {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + ", must be at least 1");
        }
    }
}
