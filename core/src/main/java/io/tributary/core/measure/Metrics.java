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
        long reportedAtMillis) {

    /** Over which events figures are taken. */
    public enum Scope {
        /** One window of the outcomes' time, after its end. */
        WINDOW,
        /** Everything since the ensemble began. */
        CUMULATIVE
    }
}
