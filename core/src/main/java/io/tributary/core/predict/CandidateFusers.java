package io.tributary.core.predict;

import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.spec.LearningPlan;
import java.util.Arrays;

/** A fuser for each candidate, for all traffic or for one segment. */
final class CandidateFusers {

    private static final double[] NO_BIAS = {};

    private final LearningPlan plan;
    private final Fuser[] fusers;
    private final int[] firstOfLink;
    private final double[] fused;
    private Terms terms;

    /**
     * Fusers that are handed what to fuse by before they fuse.
     *
     * @param like weights with the same candidates
     * @param terms what all weights of the plan have in common
     */
    CandidateFusers(LearningPlan plan, Weights like, Terms terms) {
        this.plan = plan;
        this.terms = terms;
        this.fusers = new Fuser[like.candidates().length];
        for (int i = 0; i < fusers.length; i++) {
            fusers[i] = new Fuser(
                    like.candidates()[i].fusion().method(),
                    plan.task(),
                    plan.classes(),
                    plan.fusion().clip(),
                    plan.fusion().trim(),
                    plan.members().size());
        }
        this.firstOfLink = new int[fusers.length];
        Arrays.setAll(firstOfLink, this::firstOfLink);
        this.fused = new double[fusers.length * fusers[0].classes()];
    }

    private int firstOfLink(int fuser) {
        int first = 0;
        while (fusers[first].link() != fusers[fuser].link()) {
            first++;
        }
        return first;
    }

    /**
     * Takes other fusions.
     *
     * @param global the weights of all traffic, which say which fusion is emitted and what follows it
     * @param share how much the segment's own weights count in them
     * @param segmentVersion the version of those; −1 for all traffic
     */
    void use(Fusion[] fusions, Weights global, double share, long segmentVersion) {
        for (int i = 0; i < fusers.length; i++) {
            fusers[i].use(fusions[i]);
        }
        terms = terms.with(recipe(global, fusions[global.leader()], share, segmentVersion), global.version());
    }

    private Prediction.Recipe recipe(Weights global, Fusion emitted, double share, long segmentVersion) {
        return new Prediction.Recipe(
                emitted.method().label(),
                fusers[global.leader()].link(),
                isNothing(emitted.bias()) ? NO_BIAS : emitted.bias().clone(),
                plan.fusion().clip(),
                emitted.method() == FusionMethod.TRIMMED_MEAN ? plan.fusion().trim() : 0,
                global.calibration(),
                plan.threshold(),
                share,
                segmentVersion,
                plan.shadows().toArray(new String[0]));
    }

    /** Whether adding it changes no bit. */
    private static boolean isNothing(double[] bias) {
        for (double each : bias) {
            if (Double.doubleToRawLongBits(each) != 0) {
                return false;
            }
        }
        return true;
    }

    /** What all predictions have in common until others are taken. */
    Terms terms() {
        return terms;
    }

    /** Fuses an event's scores by every candidate: one number each, or one a class, candidate after candidate. Reused. */
    double[] fuse(double[] scores) {
        int classes = fusers[0].classes();
        for (int i = 0; i < fusers.length; i++) {
            if (firstOfLink[i] == i) {
                fusers[i].fuse(scores);
            } else {
                fusers[i].fuseAfter(fusers[firstOfLink[i]]);
            }
            System.arraycopy(fusers[i].fused(), 0, fused, i * classes, classes);
        }
        return fused;
    }

    Fuser of(int candidate) {
        return fusers[candidate];
    }
}
