package io.tributary.learning;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was learned and measured from the feedback so far: a deterministic fold, which the same feedback in the same
 * order always takes to the same bits.
 */
final class Learned {

    private static final int FORMAT = 1;
    private static final long NO_WINDOW = Long.MIN_VALUE;

    private final EnsembleSpec spec;
    private final long windowMillis;
    private final WeightFold fold;
    private final EnsembleMeasure cumulative;
    private EnsembleMeasure window;
    private long windowFromMillis = NO_WINDOW;
    private long newestOutcomeMillis;

    Learned(EnsembleSpec spec) {
        this.spec = spec;
        this.windowMillis = spec.metricsWindow().toMillis();
        this.fold = new WeightFold(spec);
        this.cumulative = new EnsembleMeasure(spec);
        this.window = new EnsembleMeasure(spec);
    }

    /**
     * Folds feedback in. The first feedback past the end of the current window closes it; feedback from before it is
     * counted into it, for it is news. Windows measure labels only: a correction would take a label out of a window that
     * never had it.
     *
     * @param outcomeTimeMillis where on the windows' time it belongs
     * @param nowMillis when the window is reported, if this closes one
     * @return the window that this closed; null if none, or if that window had no label
     */
    @Nullable
    Metrics learn(Feedback feedback, long outcomeTimeMillis, long nowMillis) {
        Metrics closed = null;
        if (windowFromMillis == NO_WINDOW || outcomeTimeMillis - windowFromMillis >= windowMillis) {
            if (window.labels() > 0) {
                closed = metrics(
                        Metrics.Scope.WINDOW, window, windowFromMillis, windowFromMillis + windowMillis, nowMillis);
                window = new EnsembleMeasure(spec);
            }
            windowFromMillis = Math.floorDiv(outcomeTimeMillis, windowMillis) * windowMillis;
        }
        fold.learn(feedback);
        cumulative.observe(feedback);
        if (feedback.kind() == Feedback.Kind.LABEL) {
            window.observe(feedback);
        }
        newestOutcomeMillis = Math.max(newestOutcomeMillis, outcomeTimeMillis);
        return closed;
    }

    /** How many feedback records it has folded. */
    long version() {
        return fold.version();
    }

    /** The time of the newest outcome so far, epoch milliseconds; 0 before the first. */
    long newestOutcomeMillis() {
        return newestOutcomeMillis;
    }

    Weights weights(long nowMillis) {
        return fold.weights(nowMillis);
    }

    List<Weights> segmentWeights(long sinceVersion, long nowMillis) {
        return fold.segmentWeights(sinceVersion, nowMillis);
    }

    List<String> segmentsGone(long sinceVersion) {
        return fold.segmentsGone(sinceVersion);
    }

    Metrics cumulative(long nowMillis) {
        return metrics(Metrics.Scope.CUMULATIVE, cumulative, 0, newestOutcomeMillis, nowMillis);
    }

    private Metrics metrics(
            Metrics.Scope scope, EnsembleMeasure measure, long fromMillis, long toMillis, long nowMillis) {
        return new Metrics(
                spec.ensemble(),
                spec.version(),
                scope,
                fromMillis,
                toMillis,
                fold.version(),
                measure.labels(),
                measure.corrections(),
                fold.unlearnable(),
                measure.figures(),
                nowMillis);
    }

    /**
     * Begins with weights that were learned elsewhere; nothing of that was measured here.
     *
     * @param fitted what {@link WeightFold#snapshot} wrote
     * @throws IllegalStateException if it is of another learner
     */
    void begin(byte[] fitted) {
        fold.restore(fitted);
    }

    /** All it knows, as bytes. */
    byte[] snapshot() {
        byte[][] parts = {fold.snapshot(), cumulative.snapshot(), window.snapshot()};
        int length = Integer.BYTES + 2 * Long.BYTES;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length)
                .putInt(FORMAT)
                .putLong(windowFromMillis)
                .putLong(newestOutcomeMillis);
        for (byte[] part : parts) {
            bytes.putInt(part.length).put(part);
        }
        return bytes.array();
    }

    /**
     * Takes up what {@link #snapshot} wrote.
     *
     * @throws IllegalStateException if it is of another learner, of other members or of another version of Tributary
     */
    void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        int format = bytes.getInt();
        if (format != FORMAT) {
            throw new IllegalStateException("the stored state of the learning of " + spec.ensemble() + " has format "
                    + format + ", this version reads format " + FORMAT
                    + "; run the version that wrote it, or give the ensemble a new name to start afresh");
        }
        windowFromMillis = bytes.getLong();
        newestOutcomeMillis = bytes.getLong();
        fold.restore(part(bytes));
        cumulative.restore(part(bytes));
        window.restore(part(bytes));
    }

    private static byte[] part(ByteBuffer bytes) {
        byte[] part = new byte[bytes.getInt()];
        bytes.get(part);
        return part;
    }
}
