package io.tributary.core.drift;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.learn.Ensemble;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.spec.LearningPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches the losses of an ensemble's members and of its fusion, as it was emitted, for lasting changes to the worse; that
 * something got better is no alarm. A deterministic fold over the feedback: the same feedback raises the same alarms.
 * Corrections are no news about the world and are left out. Not for several threads.
 */
public final class EnsembleDrift {

    private final List<String> members;
    private final Ensemble ensemble;
    private final DriftMonitor monitor;
    private final double[] scores;
    private final double[] one;

    /** A watch that has seen nothing, over the scores of an ensemble. */
    public EnsembleDrift(LearningPlan plan) {
        this.members = plan.members();
        this.ensemble = Ensemble.of(plan);
        List<String> scorers = new ArrayList<>(members);
        scorers.add(EnsembleMeasure.FUSED);
        this.monitor = new DriftMonitor(scorers);
        this.one = new double[plan.classes()];
        this.scores = new double[members.size() * one.length];
    }

    /**
     * Takes feedback in.
     *
     * @param sink called for each alarm that it raises
     */
    public void observe(Feedback feedback, Consumer<? super DriftAlarm> sink) {
        if (feedback.kind() != Feedback.Kind.LABEL || !ensemble.loss().accepts(feedback.label())) {
            return;
        }
        feedback.scoresInto(members, scores);
        for (int k = 0; k < members.size(); k++) {
            System.arraycopy(scores, k * one.length, one, 0, one.length);
            observe(k, feedback.label(), sink);
        }
        feedback.scored().fusedInto(one);
        observe(members.size(), feedback.label(), sink);
    }

    private void observe(int scorer, double label, Consumer<? super DriftAlarm> sink) {
        if (!Double.isNaN(one[0])) {
            monitor.observe(scorer, ensemble.loss(one, label), alarm -> {
                if (alarm.change() == Change.INCREASE) {
                    sink.accept(alarm);
                }
            });
        }
    }

    /** All it knows, as bytes. */
    public byte[] snapshot() {
        return monitor.snapshot();
    }

    /**
     * Takes up what {@link #snapshot} wrote; members may have come and gone since.
     *
     * @throws IllegalStateException if it is damaged or of another format
     */
    public void restore(byte[] snapshot) {
        monitor.restore(snapshot);
    }
}
