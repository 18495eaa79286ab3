package io.tributary.app.demo;

import io.tributary.app.demo.CardTransactions.Config;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The people, the places and the fraudsters, who make a day's payments at a time. */
final class World {

    static final long DAY_MILLIS = 86_400_000L;
    private static final long SECOND_MILLIS = 1_000;
    private static final double DAY_SECONDS = 86_400;
    private static final double LARGE_FRAUD_FROM = 225;

    private final long firstMidnightMillis;
    private final long driftTimeMillis;
    private final Dice dice;
    private final List<Terminal> terminals = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();
    private double skimmingDue;
    private double theftsDue;

    World(Config config) {
        this.firstMidnightMillis = config.start().truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        this.driftTimeMillis = config.driftTimeMillis();
        this.dice = new Dice(config.seed());
        for (int i = 1; i <= config.terminals(); i++) {
            terminals.add(new Terminal(i, dice));
        }
        for (int i = 1; i <= config.holders(); i++) {
            holders.add(new Holder(i, config.paymentsPerDay(), terminals, dice));
        }
    }

    /** The payments of one day in order of time; days are asked for in order. */
    List<Payment> day(int day) {
        long midnight = firstMidnightMillis + day * DAY_MILLIS;
        Habits habits = habitsAt(midnight);
        startFrauds(midnight, habits);
        List<Payment> payments = new ArrayList<>();
        for (Holder holder : holders) {
            honestPayments(holder, midnight, payments);
            if (holder.stolenUntilMillis > midnight) {
                thefts(holder, midnight, habits, payments);
            }
        }
        payments.sort(Comparator.comparingLong(Payment::timeMillis));
        return payments;
    }

    private Habits habitsAt(long timeMillis) {
        return timeMillis < driftTimeMillis ? Habits.USUAL : Habits.AFTER_DRIFT;
    }

    /** Starts as many frauds as the habits say, evenly, so that a small world is not at the mercy of luck. */
    private void startFrauds(long midnight, Habits habits) {
        skimmingDue += habits.skimmingStarts() * terminals.size();
        for (; skimmingDue >= 1; skimmingDue--) {
            Terminal terminal = terminals.get(dice.below(terminals.size()));
            terminal.compromisedFromMillis = midnight + dice.below(86_400) * SECOND_MILLIS;
            terminal.compromisedUntilMillis = midnight + (long) (dice.uniform(21, 42) * DAY_MILLIS);
        }
        theftsDue += habits.thefts() * holders.size();
        for (; theftsDue >= 1; theftsDue--) {
            Holder holder = holders.get(dice.below(holders.size()));
            holder.stolenUntilMillis = midnight + (long) (dice.uniform(4, 12) * DAY_MILLIS);
        }
    }

    private void honestPayments(Holder holder, long midnight, List<Payment> into) {
        double mean = holder.paymentsPerDay * (isWeekend(midnight) ? holder.weekendFactor : 1);
        for (int left = dice.poisson(mean); left > 0; left--) {
            double hour = holder.usualHour + 3.5 * dice.gaussian();
            long time = atHour(midnight, hour - 24 * StrictMath.floor(hour / 24));
            double near = dice.uniform(0, 1);
            Terminal terminal = terminals.get(holder.nearby[(int) (holder.nearby.length * near * near)]);
            Habits habits = habitsAt(time);
            double amount = holder.meanAmount * dice.logNormal(holder.amountDeviation) * habits.amountFactor();
            if (dice.chance(habits.treatShare())) {
                amount *= dice.uniform(3, 8);
            }
            boolean fraud = dice.chance(habits.largeShare());
            if (fraud) {
                amount = Math.max(holder.meanAmount * dice.uniform(4, 10), LARGE_FRAUD_FROM + 120 * dice.exponential());
            } else if (terminal.compromisedAt(time)) {
                fraud = dice.chance(habits.skimmedShare());
            }
            into.add(new Payment(time, holder, terminal, cents(amount), fraud));
        }
    }

    private void thefts(Holder holder, long midnight, Habits habits, List<Payment> into) {
        for (int left = dice.poisson(habits.thiefPaymentsPerDay()); left > 0; left--) {
            Terminal terminal = terminals.get(dice.below(terminals.size()));
            double factor = dice.uniform(habits.thiefFactorFrom(), habits.thiefFactorTo());
            double cap = habits.thiefCap() * dice.uniform(0.5, 1);
            long cents = cents(Math.min(cap, holder.meanAmount * factor));
            into.add(new Payment(atHour(midnight, dice.uniform(0, 24)), holder, terminal, cents, true));
        }
    }

    private static long atHour(long midnight, double hour) {
        return midnight + (long) (hour / 24 * DAY_SECONDS) * SECOND_MILLIS;
    }

    private static long cents(double amount) {
        return Math.max(1, Math.round(100 * amount));
    }

    static boolean isWeekend(long timeMillis) {
        DayOfWeek day =
                Instant.ofEpochMilli(timeMillis).atOffset(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
