package io.tributary.app.demo;

import io.tributary.app.demo.CardTransactions.Config;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Runs the world day by day and tells each payment with its windows. */
final class Simulation implements Iterator<Transaction> {

    /** The longest terminal window reaches back 37 days, and by then frauds must have run for as long as one lasts. */
    private static final int BURN_IN_DAYS = 30 + (int) CardTransactions.LABEL_DELAY.toDays() + 42;

    private static final long NIGHT_ENDS_MILLIS = 6 * 3_600_000L;

    private final Config config;
    private final World world;
    private final long startMillis;
    private int day = -BURN_IN_DAYS;
    private Iterator<Payment> today = List.<Payment>of().iterator();
    private int told;

    Simulation(Config config) {
        this.config = config;
        this.world = new World(config);
        this.startMillis = config.start().toEpochMilli();
    }

    @Override
    public boolean hasNext() {
        return told < config.events();
    }

    @Override
    public Transaction next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + config.events() + " card transactions were given");
        }
        while (true) {
            while (!today.hasNext()) {
                today = world.day(day++).iterator();
            }
            Payment payment = today.next();
            double[] features = features(payment);
            if (payment.timeMillis() >= startMillis) {
                told++;
                return new Transaction(
                        config.seed() + "-" + told,
                        payment.timeMillis(),
                        payment.holder().id,
                        payment.terminal().id,
                        features,
                        payment.fraud());
            }
        }
    }

    private static double[] features(Payment payment) {
        long time = payment.timeMillis();
        TrailingWindows cents = payment.holder().cents;
        TrailingWindows frauds = payment.terminal().frauds;
        cents.add(time, payment.cents());
        cents.advanceTo(time);
        frauds.advanceTo(time);
        frauds.add(time, payment.fraud() ? 1 : 0);

        double[] features = new double[CardTransactions.COLUMNS.size()];
        int at = 0;
        features[at++] = payment.cents() / 100.0;
        features[at++] = World.isWeekend(time) ? 1 : 0;
        features[at++] = Math.floorMod(time, World.DAY_MILLIS) < NIGHT_ENDS_MILLIS ? 1 : 0;
        for (int window = 0; window < 3; window++) {
            features[at++] = cents.count(window);
            features[at++] = rounded(cents.sum(window) / (100.0 * cents.count(window)));
        }
        for (int window = 0; window < 3; window++) {
            long count = frauds.count(window);
            features[at++] = count;
            features[at++] = count == 0 ? 0 : rounded((double) frauds.sum(window) / count);
        }
        return features;
    }

    /** Four decimals are plenty, and keep files small. */
    private static double rounded(double x) {
        return Math.round(x * 10_000) / 10_000.0;
    }
}
