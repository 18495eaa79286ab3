package io.tributary.core.measure;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good every member, the fusion as it was emitted, and the plain average of the members were, over the feedback
 * folded in so far. Not for several threads.
 */
public final class EnsembleMeasure {

    /** What the fused score that was emitted is called among the scorers. */
    public static final String FUSED = "fused";

    /** What the fusion with equal weights is called among the scorers. */
    public static final String UNIFORM = "uniform";

    private static final int FORMAT = 1;

    private final List<String> members;
    private final Fuser equalWeights;
    private final double[] scores;
    private final List<BinaryMeasure> measures = new ArrayList<>();
    private long labels;
    private long corrections;

    /** A measure of nothing yet. */
    public EnsembleMeasure(EnsembleSpec spec) {
        this.members = spec.memberNames();
        this.equalWeights = new Fuser(spec.fusion().method(), spec.fusion().clip(), members.size());
        this.scores = new double[members.size()];
        for (int i = 0; i < members.size() + 2; i++) {
            measures.add(new BinaryMeasure(spec.fusion().clip()));
        }
    }

    /** Folds feedback in; a correction or retraction first takes out what the label before it had added. */
    public void observe(Feedback feedback) {
        if (feedback.kind() != Feedback.Kind.LABEL) {
            corrections++;
            add(feedback, feedback.previousLabel(), -1);
        }
        if (feedback.kind() != Feedback.Kind.RETRACTION) {
            add(feedback, feedback.label(), 1);
        }
    }

    private void add(Feedback feedback, double label, int times) {
        labels += times;
        feedback.scoresInto(members, scores);
        for (int k = 0; k < scores.length; k++) {
            measures.get(k).observe(scores[k], label, times);
        }
        measures.get(scores.length).observe(feedback.scored().score(), label, times);
        measures.get(scores.length + 1).observe(equalWeights.fuse(scores), label, times);
    }

    /** How many labels hold. */
    public long labels() {
        return labels;
    }

    /** How many corrections and retractions came after the label had been fed back. */
    public long corrections() {
        return corrections;
    }

    /** One entry a member in the order of the spec, then {@link #FUSED} and {@link #UNIFORM}. */
    public List<Figures> figures() {
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            String name = i < members.size() ? members.get(i) : i == members.size() ? FUSED : UNIFORM;
            figures.add(measures.get(i).figures(name, labels));
        }
        return figures;
    }

    /** All it knows, as bytes. */
    public byte[] snapshot() {
        ByteBuffer bytes = ByteBuffer.allocate(24 + measures.size() * BinaryMeasure.maxBytes());
        bytes.putInt(FORMAT).putInt(members.hashCode()).putLong(labels).putLong(corrections);
        measures.forEach(measure -> measure.write(bytes));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Takes up what {@link #snapshot} wrote.
     *
     * @throws IllegalStateException if it is of other members
     */
    public void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        if (bytes.getInt() != FORMAT || bytes.getInt() != members.hashCode()) {
            throw new IllegalStateException(
                    "the stored measures are of other members than " + String.join(", ", members)
                            + "; restore that spec, or give the ensemble a new name to start afresh");
        }
        labels = bytes.getLong();
        corrections = bytes.getLong();
        measures.forEach(measure -> measure.read(bytes));
    }
}
