package io.tributary.app.demo;

import io.tributary.app.demo.Scenario.Simulated;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts that six roads need every five minutes: how many vehicles will pass a sensor in the five minutes that begin
 * half an hour from now. Nothing but the configuration decides what comes out. From the drift on two roads carry less,
 * for they are dug up, two carry more, and peaks come later.
 */
final class RoadTraffic implements Iterator<Simulated> {

    /** How many readings an event carries, the newest first. */
    static final int READINGS = 12;

    /** How many steps ahead is forecast. */
    static final int AHEAD = 6;

    static final long STEP_MILLIS = 300_000;

    private static final Instant START = Instant.parse("2025-10-06T00:00:00Z"); // a Monday
    private static final int WEEK = 7 * Road.STEPS_A_DAY;
    private static final double[] CHANGED_LEVEL = {0.6, 1.35, 1, 0.6, 1.35, 1};
    private static final double CHANGED_SHIFT_HOURS = 0.75;

    private final Config config;
    private final List<Road> roads = new ArrayList<>();

    /** What passed, and what the sensors saw of it, NaN where they were out: for each road step after step. */
    private final List<List<Double>> passed = new ArrayList<>();

    private final List<List<Double>> seen = new ArrayList<>();
    private final Queue<Simulated> ready = new ArrayDeque<>();
    private int step;
    private int given;

    /**
     * What world to simulate.
     *
     * @param seed decides everything that is random
     * @param events how many forecasts are asked for, at least 0
     * @param driftAt when the world changes, as a fraction of the stream, from 0 to 1; absent if it never does
     */
    record Config(long seed, int events, OptionalDouble driftAt) {

        Config {
            if (events < 0) {
                throw new IllegalArgumentException("road traffic: events is " + events + ", must be at least 0");
            }
            if (driftAt.isPresent() && !(driftAt.getAsDouble() >= 0 && driftAt.getAsDouble() <= 1)) {
                throw new IllegalArgumentException(
                        "road traffic: driftAt is " + driftAt.getAsDouble() + ", must be in [0, 1]");
            }
        }

        /** The step at which the world changes; beyond all steps if it never does. */
        private int driftStep() {
            int steps = events / CHANGED_LEVEL.length;
            return driftAt.isPresent() ? WEEK + (int) (driftAt.getAsDouble() * steps) : Integer.MAX_VALUE;
        }

        /** When the world changes, epoch milliseconds; {@link Long#MAX_VALUE} if it never does. */
        long changeMillis() {
            return driftAt.isPresent() ? START.toEpochMilli() + (driftStep() - WEEK) * STEP_MILLIS : Long.MAX_VALUE;
        }
    }

    RoadTraffic(Config config) {
        this.config = config;
        for (int i = 0; i < CHANGED_LEVEL.length; i++) {
            roads.add(new Road(
                    "road-" + (char) ('a' + i), 1000 * config.seed() + i, CHANGED_LEVEL[i], CHANGED_SHIFT_HOURS));
            passed.add(new ArrayList<>());
            seen.add(new ArrayList<>());
        }
        // A week goes by before the first event, so that there is a last week to look back at.
        while (step < WEEK + AHEAD) {
            advance();
        }
    }

    private void advance() {
        for (int r = 0; r < roads.size(); r++) {
            double vehicles = roads.get(r).pass(step, step >= config.driftStep());
            passed.get(r).add(vehicles);
            seen.get(r).add(roads.get(r).isOut(step) ? Double.NaN : vehicles);
        }
        step++;
    }

    @Override
    public boolean hasNext() {
        return given < config.events();
    }

    @Override
    public Simulated next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + config.events() + " forecasts were given");
        }
        if (ready.isEmpty()) {
            advance();
            for (int r = 0; r < roads.size(); r++) {
                ready.add(event(r, step - 1 - AHEAD));
            }
        }
        given++;
        return ready.remove();
    }

    /** A forecast at the end of the given step for the one that begins half an hour later. */
    private Simulated event(int r, int now) {
        int target = now + AHEAD;
        long timeMillis = START.toEpochMilli() + (now + 1L - WEEK) * STEP_MILLIS;
        String id = config.seed() + "-" + roads.get(r).name + "-" + (now - WEEK);
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("forecast_id", id);
        fields.put("time", timeMillis);
        fields.put("road", roads.get(r).name);
        for (int i = 0; i < READINGS; i++) {
            fields.put("reading_" + i, known(seen.get(r).get(now - i)));
        }
        fields.put("last_week", known(seen.get(r).get(target - WEEK)));
        fields.put("yesterday", known(seen.get(r).get(target - Road.STEPS_A_DAY)));
        fields.put("hour", (target % Road.STEPS_A_DAY) / (double) (Road.STEPS_A_DAY / 24));
        fields.put("weekday", (double) (target % WEEK / Road.STEPS_A_DAY));
        return new Simulated(id, timeMillis, fields, seen.get(r).get(target));
    }

    private static @Nullable Double known(double vehicles) {
        return Double.isNaN(vehicles) ? null : vehicles;
    }
}
