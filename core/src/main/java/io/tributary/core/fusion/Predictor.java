package io.tributary.core.fusion;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the members' scores for an event into a prediction, with the weights it was last given. Not for several threads.
 */
public final class Predictor {

    private final EnsembleSpec spec;
    private final String[] members;
    private final Fuser fuser;
    private final double[] logWeights;
    private long weightsVersion;

    /** Starts with equal weights, which have version 0. */
    public Predictor(EnsembleSpec spec) {
        this.spec = spec;
        this.members = spec.memberNames().toArray(new String[0]);
        this.fuser = new Fuser(spec.fusion().method(), spec.fusion().clip(), members.length);
        this.logWeights = new double[members.length];
    }

    /**
     * Takes the given weights, unless they are older than those it has, for another fusion method, for a segment, or hold
     * something that is no number. A member they do not know gets the mean weight until it has been learned about.
     *
     * @return whether they are now in use
     */
    public boolean use(Weights weights) {
        if (weights.version() < weightsVersion
                || weights.segment() != null
                || !weights.fusion().equals(spec.fusion().method().label())
                || Arrays.stream(weights.logWeights())
                        .anyMatch(log -> Double.isNaN(log) || log == Double.POSITIVE_INFINITY)) {
            return false;
        }
        double meanLog = -StrictMath.log(weights.members().length);
        for (int k = 0; k < members.length; k++) {
            int at = Arrays.asList(weights.members()).indexOf(members[k]);
            logWeights[k] = at < 0 ? meanLog : weights.logWeights()[at];
        }
        fuser.use(logWeights);
        weightsVersion = weights.version();
        return true;
    }

    /** The version of the weights in use; 0 for equal weights. */
    public long weightsVersion() {
        return weightsVersion;
    }

    /**
     * Fuses an event's scores.
     *
     * @param scores one a member in the order of the spec, NaN where missing; copied
     * @param missing why a member is missing, null where it answered; copied
     * @param nowMillis the time of the fusion
     */
    public Prediction predict(Event event, double[] scores, @Nullable String[] missing, long nowMillis) {
        double score = fuser.fuse(scores);
        boolean degraded = false;
        for (double each : scores) {
            degraded |= Double.isNaN(each);
        }
        return new Prediction(
                spec.ensemble(),
                event.id(),
                event.timeMillis(),
                nowMillis,
                event.segment(),
                score,
                score >= spec.threshold(),
                degraded,
                fuser.disagreement(),
                members,
                scores.clone(),
                fuser.effectiveWeights().clone(),
                fuser.contributions().clone(),
                missing.clone(),
                spec.fusion().method().label(),
                spec.version(),
                weightsVersion);
    }
}
