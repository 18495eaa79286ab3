package io.tributary.app.demo;

/** A place that takes cards. */
final class Terminal {

    private static final long DAY_MILLIS = 86_400_000L;

    final String id;
    private final double x;
    private final double y;

    /** The frauds among the payments here, as far as the truth is known by now. */
    final TrailingWindows frauds =
            new TrailingWindows(CardTransactions.LABEL_DELAY.toMillis(), DAY_MILLIS, 7 * DAY_MILLIS, 30 * DAY_MILLIS);

    /** Between when and when it copies the details of the cards it takes. */
    long compromisedFromMillis = Long.MAX_VALUE;

    long compromisedUntilMillis = Long.MIN_VALUE;

    Terminal(int number, Dice dice) {
        this.id = "t" + number;
        this.x = dice.uniform(0, 100);
        this.y = dice.uniform(0, 100);
    }

    double distanceSquared(double toX, double toY) {
        return (x - toX) * (x - toX) + (y - toY) * (y - toY);
    }

    boolean compromisedAt(long timeMillis) {
        return timeMillis >= compromisedFromMillis && timeMillis < compromisedUntilMillis;
    }
}
