package io.tributary.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Simulated card payments with frauds. Card holders live on a map and pay at terminals near them, by their own habits of
 * amount, hour and weekday. Frauds are single large amounts, compromised terminals and stolen card details. From the
 * drift on, fraudsters and honest people both change their ways, so that what models learnt before goes stale.
 *
 * <p>Nothing but the configuration decides what comes out: no clock is read, and the arithmetic is strict.
 */
public final class CardTransactions {

    /** How late the truth about a payment is known: the terminal columns look back from this long ago. */
    public static final Duration LABEL_DELAY = Duration.ofDays(7);

    /** The feature columns, named as in the example's Avro schema and in the order of {@link Transaction#features}. */
    public static final List<String> COLUMNS = List.of(
            "tx_amount",
            "tx_during_weekend",
            "tx_during_night",
            "customer_id_nb_tx_1day_window",
            "customer_id_avg_amount_1day_window",
            "customer_id_nb_tx_7day_window",
            "customer_id_avg_amount_7day_window",
            "customer_id_nb_tx_30day_window",
            "customer_id_avg_amount_30day_window",
            "terminal_id_nb_tx_1day_window",
            "terminal_id_risk_1day_window",
            "terminal_id_nb_tx_7day_window",
            "terminal_id_risk_7day_window",
            "terminal_id_nb_tx_30day_window",
            "terminal_id_risk_30day_window");

    private CardTransactions() {}

    /**
     * The payments of the configured world, in order of event time. The world runs before {@link Config#start} for as
     * long as the longest window reaches back, so that windows are full at the first payment.
     *
     * @return as many payments as {@link Config#events} says; to be used by one thread
     */
    public static Iterator<Transaction> stream(Config config) {
        return new Simulation(config);
    }

    /**
     * Writes payments as comma-separated values with a header: transaction_id, tx_datetime (UTC, {@code yyyy-MM-dd
     * HH:mm:ss}), customer_id, terminal_id, the {@link #COLUMNS}, and tx_fraud (0 or 1).
     *
     * @param file replaced if it exists; compressed when its name ends in {@code .gz}
     * @return how many payments were written
     * @throws IOException when the file cannot be written
     */
    public static long writeCsv(Iterator<Transaction> transactions, Path file) throws IOException {
        return TransactionsCsv.write(transactions, file, written -> {});
    }

    /**
     * What world to simulate.
     *
     * @param seed decides everything that is random
     * @param events how many payments to give, at least 0
     * @param start no payment given is earlier; days are counted from its midnight, UTC
     * @param holders how many card holders there are, at least 1
     * @param terminals how many terminals there are, at least 1
     * @param paymentsPerDay how often a holder pays on average, above 0 and at most 100
     * @param driftAt the moment at which habits change, as a fraction of the stream's {@link #span}, from 0 to 1; absent
     *     when they never do
     */
    public record Config(
            long seed,
            int events,
            Instant start,
            int holders,
            int terminals,
            double paymentsPerDay,
            OptionalDouble driftAt) {

        private static final Instant DEFAULT_START = Instant.parse("2025-10-06T00:00:00Z");
        private static final int DEFAULT_DAYS = 90;
        private static final int FEWEST_HOLDERS = 50;
        private static final double DAY_SECONDS = 86_400;

        public Config {
            check(events >= 0, "events", events, "at least 0");
            check(holders >= 1, "holders", holders, "at least 1");
            check(terminals >= 1, "terminals", terminals, "at least 1");
            check(paymentsPerDay > 0 && paymentsPerDay <= 100, "paymentsPerDay", paymentsPerDay, "in (0, 100]");
            if (driftAt.isPresent()) {
                double at = driftAt.getAsDouble();
                check(at >= 0 && at <= 1, "driftAt", at, "in [0, 1]");
            }
        }

        /**
         * A stream of about ninety days, whose seven days of waiting for labels are then 8 % of it, without drift: as
         * many holders as it takes at one payment a day each, and as many terminals.
         */
        public static Config of(long seed, int events) {
            int holders = Math.max(FEWEST_HOLDERS, events / DEFAULT_DAYS);
            return new Config(seed, events, DEFAULT_START, holders, holders, 1, OptionalDouble.empty());
        }

        /** The same with habits that change at a fraction of the stream, from 0 to 1. */
        public Config withDriftAt(double fraction) {
            return new Config(seed, events, start, holders, terminals, paymentsPerDay, OptionalDouble.of(fraction));
        }

        /** How long the stream lasts, to within a few per cent: its events over the payments of all holders. */
        public Duration span() {
            return Duration.ofSeconds((long) (DAY_SECONDS * events / (holders * paymentsPerDay)));
        }

        /** When habits change, epoch milliseconds; {@link Long#MAX_VALUE} when they never do. */
        public long driftTimeMillis() {
            return driftAt.isPresent()
                    ? start.toEpochMilli() + (long) (driftAt.getAsDouble() * span().toMillis())
                    : Long.MAX_VALUE;
        }

        private static void check(boolean holds, String name, Object value, String rule) {
            if (!holds) {
                throw new IllegalArgumentException("card transactions: " + name + " is " + value + ", must be " + rule);
            }
        }
    }
}
