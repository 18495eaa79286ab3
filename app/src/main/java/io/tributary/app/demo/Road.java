package io.tributary.app.demo;

/**
 * One road with a counting sensor. Traffic follows the hour and the weekday; now and then an incident holds it up, and
 * what was held up follows once it is cleared; now and then the sensor is out. The arithmetic is strict.
 */
final class Road {

    static final int STEPS_A_DAY = 288;
    private static final int STEPS_AN_HOUR = 12;
    private static final int WEEK = 7 * STEPS_A_DAY;

    private static final double INCIDENTS_A_DAY = 0.25;
    private static final double OUTAGES_A_DAY = 0.4;

    final String name;
    private final Dice dice;
    private final double level;
    private final double morning;
    private final double evening;
    private final double changedLevel;
    private final double changedShift;

    /** How far traffic is from usual today, as a logarithm; fades within hours. */
    private double mood;

    private int incidentUntil = -1;
    private double passing = 1;
    private double heldUp;
    private int outageUntil = -1;

    /**
     * A road.
     *
     * @param changedLevel what its traffic is multiplied with after the world has changed
     * @param changedShift how many hours later its peaks are then
     */
    Road(String name, long seed, double changedLevel, double changedShift) {
        this.name = name;
        this.dice = new Dice(seed);
        this.level = dice.uniform(60, 220);
        this.morning = dice.uniform(0.5, 1.2);
        this.evening = dice.uniform(0.5, 1.2);
        this.changedLevel = changedLevel;
        this.changedShift = changedShift;
    }

    /**
     * How many vehicles pass in the next five minutes; to be asked step after step.
     *
     * @param step five-minute steps since a Monday's midnight
     */
    double pass(int step, boolean changed) {
        mood = 0.985 * mood + 0.02 * dice.gaussian();
        double usual = level * profile(step, changed ? changedShift : 0) * (changed ? changedLevel : 1);
        double arriving = usual * StrictMath.exp(mood) * dice.logNormal(0.06);
        if (step > incidentUntil && dice.chance(INCIDENTS_A_DAY / STEPS_A_DAY)) {
            incidentUntil = step + 6 + dice.below(18);
            passing = dice.uniform(0.25, 0.6);
        }
        if (step <= incidentUntil) {
            double through = passing * arriving;
            // Two thirds wait, the others find another way.
            heldUp += (arriving - through) * 2 / 3;
            return StrictMath.rint(through);
        }
        double following = 0.25 * heldUp;
        heldUp -= following;
        return StrictMath.rint(arriving + following);
    }

    /** Whether the sensor is out in this step; to be asked step after step. */
    boolean isOut(int step) {
        if (step > outageUntil && dice.chance(OUTAGES_A_DAY / STEPS_A_DAY)) {
            outageUntil = step + STEPS_AN_HOUR + dice.below(5 * STEPS_AN_HOUR);
        }
        return step <= outageUntil;
    }

    private double profile(int step, double shiftHours) {
        double hour = (step % STEPS_A_DAY) / (double) STEPS_AN_HOUR - shiftHours;
        boolean weekend = step % WEEK >= 5 * STEPS_A_DAY;
        double day = 0.12 + 0.5 * bump(hour, 13, 5);
        return weekend ? 0.8 * day : day + morning * bump(hour, 8, 1.2) + evening * bump(hour, 17.5, 1.6);
    }

    private static double bump(double hour, double at, double width) {
        double off = (hour - at) / width;
        return StrictMath.exp(-off * off / 2);
    }
}
