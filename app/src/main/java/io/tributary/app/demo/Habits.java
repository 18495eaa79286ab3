package io.tributary.app.demo;

/**
 * How honest people and fraudsters behave for a time.
 *
 * @param amountFactor what honest amounts are multiplied by
 * @param treatShare the share of honest payments that are several times as large as usual
 * @param largeShare the share of payments that are taken over with a large amount
 * @param skimmingStarts the share of terminals that become compromised in a day
 * @param skimmedShare the share of payments at a compromised terminal that are fraudulent
 * @param thefts the share of cards whose details are stolen in a day
 * @param thiefPaymentsPerDay how often a thief pays with stolen details
 * @param thiefFactorFrom the least that a thief's amounts are of the holder's mean
 * @param thiefFactorTo the most
 * @param thiefCap what a thief's amounts stay below
 */
record Habits(
        double amountFactor,
        double treatShare,
        double largeShare,
        double skimmingStarts,
        double skimmedShare,
        double thefts,
        double thiefPaymentsPerDay,
        double thiefFactorFrom,
        double thiefFactorTo,
        double thiefCap) {

    /** Bold frauds, mostly seen in the amount: about 2.5 % of payments. */
    static final Habits USUAL = new Habits(1.0, 0.001, 0.005, 0.0004, 0.9, 0.0004, 1.5, 3.0, 8.0, 2_000);

    /** A season of gifts, and fraudsters who have learnt to stay small and to tamper with terminals. */
    static final Habits AFTER_DRIFT = new Habits(1.6, 0.08, 0.0005, 0.0016, 0.9, 0.0003, 2.5, 1.0, 2.5, 210);
}
