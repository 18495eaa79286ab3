package io.tributary.app.demo;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A card holder: what is fixed about one, and what is going on. */
final class Holder {

    private static final int TERMINALS_NEARBY = 15;
    private static final long DAY_MILLIS = 86_400_000L;

    final String id;
    final double meanAmount;
    final double amountDeviation;
    final double paymentsPerDay;
    final double weekendFactor;
    final double usualHour;
    final int[] nearby;
    final TrailingWindows cents = new TrailingWindows(0, DAY_MILLIS, 7 * DAY_MILLIS, 30 * DAY_MILLIS);

    /** Until when a thief has the card's details. */
    long stolenUntilMillis = Long.MIN_VALUE;

    Holder(int number, double paymentsPerDay, List<Terminal> terminals, Dice dice) {
        this.id = "c" + number;
        this.meanAmount = Math.min(110, 45 * dice.logNormal(0.5));
        this.amountDeviation = dice.uniform(0.3, 0.5);
        this.paymentsPerDay = paymentsPerDay * dice.uniform(0.3, 1.7);
        this.weekendFactor = dice.uniform(0.6, 1.6);
        this.usualHour = dice.uniform(9, 20);
        this.nearby = nearest(terminals, dice.uniform(0, 100), dice.uniform(0, 100));
    }

    /** The terminals within reach, nearest first. */
    private static int[] nearest(List<Terminal> terminals, double x, double y) {
        double[] distance =
                terminals.stream().mapToDouble(t -> t.distanceSquared(x, y)).toArray();
        return IntStream.range(0, distance.length)
                .boxed()
                .sorted(Comparator.comparingDouble(t -> distance[t]))
                .limit(TERMINALS_NEARBY)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
