package io.tributary.core.predict;

import io.tributary.core.Weights;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.spec.LearningPlan;

/** A fuser for each candidate, for all traffic or for one segment. */
final class CandidateFusers {

    private final Fuser[] fusers;

    CandidateFusers(LearningPlan plan, Weights like) {
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
    }

    void use(Fusion[] fusions) {
        for (int i = 0; i < fusers.length; i++) {
            fusers[i].use(fusions[i]);
        }
    }

    /** Fuses an event's scores by every candidate: one number each, or one a class, candidate after candidate. */
    double[] fuse(double[] scores) {
        int classes = fusers[0].classes();
        double[] fused = new double[fusers.length * classes];
        for (int i = 0; i < fusers.length; i++) {
            fusers[i].fuse(scores);
            System.arraycopy(fusers[i].fused(), 0, fused, i * classes, classes);
        }
        return fused;
    }

    Fuser of(int candidate) {
        return fusers[candidate];
    }
}
