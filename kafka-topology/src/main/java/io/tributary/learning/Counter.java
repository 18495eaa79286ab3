package io.tributary.learning;

import java.util.Locale;

/** What is counted, under Streams' metric group {@value NodeSensor#GROUP}, as {@code <label>-total}. */
enum Counter {
    /** Records without a value. */
    NULLS_SKIPPED,
    /** Records that could not be used. */
    DEAD_LETTERS,
    /** Predictions of other ensembles. */
    FOREIGN_PREDICTIONS,
    /** Predictions of this ensemble that were read. */
    PREDICTIONS,
    /** Outcomes that were read. */
    OUTCOMES,
    /** Inputs that led to feedback, corrections included. */
    JOINED,
    /** Feedback that changes or withdraws a label fed back before. */
    CORRECTIONS,
    /** Inputs that said what was known already. */
    DUPLICATES,
    /** Outcomes that gave way to something firmer or newer. */
    SUPERSEDED,
    /** Predictions for which no label had come when their time was up. */
    EXPIRED_UNLABELLED,
    /** Outcomes for which no prediction had come when their time was up. */
    EXPIRED_UNPREDICTED,
    /** Feedback that was learned from, corrections included. */
    LEARNED,
    /** Times that what was kept of an event could not be used, for the spec has other classes now. */
    OTHER_CLASSES;

    /** The counter as metrics name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
