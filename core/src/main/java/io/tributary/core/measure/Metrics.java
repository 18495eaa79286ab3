package io.tributary.core.measure;

import java.util.List;

/**
 * What the learning plane reports about an ensemble.
 *
 * @param ensemble whose figures they are
 * @param specVersion the version of the spec that was measured under
 * @param scope over which events
 * @param fromMillis the start of the window in the outcomes' time, epoch milliseconds; 0 if cumulative
 * @param toMillis the end of the window, exclusive; if cumulative, the time of the newest outcome
 * @param version how many feedback records are behind it, as in the version of weights
 * @param labels how many labels are counted
 * @param corrections how many corrections and retractions came after their label had been fed back
 * @param unlearnable how many feedback records taught nothing
 * @param figures one a member in the order of the spec, then {@code fused} and {@code uniform}
 * @param alarms the changes whose discovery was the occasion of this report; empty for those that are due
 * @param reportedAtMillis when it was reported, epoch milliseconds
 */
public record Metrics(
        String ensemble,
        int specVersion,
        Scope scope,
        long fromMillis,
        long toMillis,
        long version,
        long labels,
        long corrections,
        long unlearnable,
        List<Figures> figures,
        List<Alarm> alarms,
        long reportedAtMillis) {

    /**
     * A scorer's losses have risen for good, as far as its detector can tell.
     *
     * @param scorer a member's name, or {@code fused}
     * @param detector which detector says so, {@code adwin} or {@code page-hinkley}
     * @param meanBefore the mean loss before the change, in the loss's unit
     * @param meanAfter the mean loss since, as far as it had been seen
     */
    public record Alarm(String scorer, String detector, double meanBefore, double meanAfter) {}

    /** Over which events figures are taken. */
    public enum Scope {
        /** One window of the outcomes' time, after its end. */
        WINDOW,
        /** Everything since the ensemble began. */
        CUMULATIVE
    }
}
