package io.tributary.core.learn;

/**
 * How a label changes that has taught.
 *
 * @param before the label that was learned
 * @param importanceBefore what it counted for, above 0
 * @param after the label that should have been learned; NaN if none should
 * @param importanceAfter what it should have counted for, above 0; it means nothing if no label should have been learned
 * @param lag how many lessons there have been at most since the event was fused, and so since its label was learned
 */
record Revision(double before, double importanceBefore, double after, double importanceAfter, long lag) {

    /** Whether no label should have been learned. */
    boolean isRetraction() {
        return Double.isNaN(after);
    }
}
