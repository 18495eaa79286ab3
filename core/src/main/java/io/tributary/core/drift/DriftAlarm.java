package io.tributary.core.drift;

/**
 * A scorer's losses have changed.
 *
 * <p>The means are in the losses' unit, of losses as {@link DriftMonitor} caps them.
 *
 * @param scorer the index of the scorer among those of the monitor
 * @param detector which detector says so: {@link Adwin#NAME} or {@link PageHinkley#NAME}
 * @param change {@link Change#INCREASE} if the losses have become worse, {@link Change#DECREASE} if better
 * @param meanBefore the mean loss before the change
 * @param meanAfter the mean loss from the change on, as far as it had been seen when the alarm was raised
 */
public record DriftAlarm(int scorer, String detector, Change change, double meanBefore, double meanAfter) {}
