package io.tributary.core.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Task;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Voters;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How good every member, the fusion as it was emitted, and the plain average of the members were, over the feedback
 * folded in so far. Not for several threads.
 */
public final class EnsembleMeasure {

    /** What the fused score that was emitted is called among the scorers. */
    public static final String FUSED = "fused";

    /** What the fusion with equal weights is called among the scorers. */
    public static final String UNIFORM = "uniform";

    private static final int FORMAT = 3;
    private static final int HEADER_BYTES = 3 * Integer.BYTES + 3 * Long.BYTES;

    private final Task task;
    private final double quantile;
    private final List<String> members;
    private final Fuser equalWeights;
    private final int width;
    private final double[] scores;
    private final double[] fused;
    private final List<Measure> measures = new ArrayList<>();
    private final Voters voters;
    private final Supplier<Measure> empty;
    private long labels;
    private long corrections;

    /** A measure of nothing yet. */
    public EnsembleMeasure(EnsembleSpec spec) {
        this.task = spec.task();
        this.quantile = spec.quantile();
        this.members = spec.memberNames();
        this.width = spec.scoreWidth();
        this.equalWeights = spec.plan().uniform();
        this.scores = new double[members.size() * width];
        this.voters = new Voters(members, spec.shadows(), width);
        this.fused = new double[width];
        this.empty = () -> Measure.of(task, width, spec.fusion().clip(), spec.threshold(), quantile);
        for (int i = 0; i < members.size() + 2; i++) {
            measures.add(empty.get());
        }
    }

    /** Folds feedback in; a correction or retraction first takes out what the label before it had added. */
    public void observe(Feedback feedback) {
        feedback.scoresInto(members, scores);
        equalWeights.fuse(voters.of(scores));
        feedback.scored().fusedInto(fused);
        int size = members.size();
        for (int k = 0; k < size; k++) {
            observe(measures.get(k), scores, k * width, feedback);
        }
        observe(measures.get(size), fused, 0, feedback);
        observe(measures.get(size + 1), equalWeights.fused(), 0, feedback);
        Measure emitted = measures.get(size);
        if (feedback.kind() != Feedback.Kind.LABEL) {
            corrections++;
            labels--;
            emitted.observeInterval(feedback.scored().interval(), feedback.previousLabel(), -1);
        }
        if (feedback.kind() != Feedback.Kind.RETRACTION) {
            labels++;
            emitted.observeInterval(feedback.scored().interval(), feedback.label(), 1);
        }
    }

    private static void observe(Measure measure, double[] scores, int at, Feedback feedback) {
        switch (feedback.kind()) {
            case LABEL -> measure.observe(scores, at, feedback.label());
            case CORRECTION -> {
                measure.change(scores, at, feedback.previousLabel(), -1);
                measure.change(scores, at, feedback.label(), 1);
            }
            case RETRACTION -> measure.change(scores, at, feedback.previousLabel(), -1);
        }
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
        byte[] names = String.join("\n", members).getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(
                HEADER_BYTES + names.length + measures.size() * empty.get().maxBytes());
        bytes.putInt(FORMAT).putInt(task.ordinal()).putDouble(quantile);
        bytes.putInt(names.length).put(names).putLong(labels).putLong(corrections);
        measures.forEach(measure -> measure.write(bytes));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Adds what another saw after this one; both are of the same ensemble. */
    public void merge(EnsembleMeasure later) {
        labels += later.labels;
        corrections += later.corrections;
        for (int i = 0; i < measures.size(); i++) {
            measures.get(i).merge(later.measures.get(i));
        }
    }

    /**
     * Takes up what {@link #snapshot} wrote. Members may have come and gone since: those that stayed keep their figures,
     * new ones begin with none. The threshold may have changed: a decision counts by the one of its time.
     *
     * @throws IllegalStateException if it is of another task, was written by another version of Tributary, or is cut short
     */
    public void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        try {
            if (bytes.getInt() != FORMAT) {
                throw unreadable(null);
            }
            requireSameTask(Task.values()[bytes.getInt()], bytes.getDouble());
            byte[] names = new byte[bytes.getInt()];
            bytes.get(names);
            List<String> old = List.of(new String(names, UTF_8).split("\n", -1));
            labels = bytes.getLong();
            corrections = bytes.getLong();
            for (int i = 0; i < measures.size(); i++) {
                measures.set(i, empty.get());
            }
            for (int i = 0; i < old.size() + 2; i++) {
                Measure measure = empty.get();
                measure.read(bytes);
                int at = i < old.size() ? members.indexOf(old.get(i)) : members.size() + i - old.size();
                if (at >= 0) {
                    measures.set(at, measure);
                }
            }
        } catch (BufferUnderflowException | NegativeArraySizeException | ArrayIndexOutOfBoundsException e) {
            throw unreadable(e);
        }
    }

    private void requireSameTask(Task oldTask, double oldQuantile) {
        if (oldTask != task || Double.compare(oldQuantile, quantile) != 0) {
            throw new IllegalStateException("the stored measures are of task " + named(oldTask, oldQuantile)
                    + ", the spec's is " + named(task, quantile)
                    + "; restore that spec, or give the ensemble a new name to start afresh");
        }
    }

    private static String named(Task task, double quantile) {
        return task == Task.QUANTILE ? task.label() + " at " + quantile : task.label();
    }

    private static IllegalStateException unreadable(@Nullable Exception cause) {
        return new IllegalStateException(
                "the stored measures are not whole, or were written by another version of Tributary"
                        + "; run the version that wrote them, or give the ensemble a new name to start afresh",
                cause);
    }
}
