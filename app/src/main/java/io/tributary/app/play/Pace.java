package io.tributary.app.play;

/** How fast events are played. */
public sealed interface Pace {

    /**
     * In steps: a step's events are released once the published weights cover every label that came before the step, so
     * that the result does not depend on the machine.
     *
     * @param events how many events a step has, at least 1
     */
    record Lockstep(int events) implements Pace {}

    /**
     * Against the clock.
     *
     * @param eventsPerSecond above 0
     */
    record Rate(double eventsPerSecond) implements Pace {}
}
