package io.tributary.core.learn;

/**
 * How a label changes that has taught.
 *
 * @param before the label that was learned; NaN if none was
 * @param importanceBefore what it counted for, above 0; 0 if none was learned
 * @param after the label that should have been learned; NaN if none should
 * @param importanceAfter what it should have counted for, above 0; 0 if none should have been learned
 * @param lag how many lessons there have been at most since the event was fused, and so since its label was learned
 */
record Revision(double before, double importanceBefore, double after, double importanceAfter, long lag) {

    /** By how many the labels that are learned become more: 1, 0 or −1. */
    int labels() {
        return (Double.isNaN(after) ? 0 : 1) - (Double.isNaN(before) ? 0 : 1);
    }
}
