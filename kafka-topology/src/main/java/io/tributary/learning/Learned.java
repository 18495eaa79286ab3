package io.tributary.learning;

import io.tributary.core.Weights;
import io.tributary.core.drift.DriftAlarm;
import io.tributary.core.drift.EnsembleDrift;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that was learned and measured from the feedback so far: a deterministic fold, which the same feedback in the same
 * order always takes to the same bits.
 */
final class Learned {

    private static final int FORMAT = 2;
    private static final long NO_WINDOW = Long.MIN_VALUE;

    private final EnsembleSpec spec;
    private final long windowMillis;
    private final WeightFold fold;
    private final EnsembleMeasure cumulative;
    private final EnsembleDrift drift;
    private EnsembleMeasure window;
    private long windowFromMillis = NO_WINDOW;
    private long newestOutcomeMillis;

    Learned(EnsembleSpec spec) {
        this.spec = spec;
        this.windowMillis = spec.metricsWindow().toMillis();
        this.fold = new WeightFold(spec);
        this.cumulative = new EnsembleMeasure(spec);
        this.window = new EnsembleMeasure(spec);
        this.drift = new EnsembleDrift(spec.plan());
    }

    /**
     * Folds feedback in. The first feedback past the end of the current window closes it; feedback from before it is
     * counted into it, for it is news. Windows measure labels only: a correction would take a label out of a window that
     * never had it.
     *
     * @param outcomeTimeMillis where on the windows' time it belongs
     * @param nowMillis when it is reported, if there is anything to report
     * @param reports takes the window that this closes, if it had labels, and a report of all so far if an alarm is raised
     */
    void learn(Feedback feedback, long outcomeTimeMillis, long nowMillis, Consumer<Metrics> reports) {
        if (windowFromMillis == NO_WINDOW || outcomeTimeMillis - windowFromMillis >= windowMillis) {
            if (window.labels() > 0) {
                long to = windowFromMillis + windowMillis;
                reports.accept(metrics(Metrics.Scope.WINDOW, window, windowFromMillis, to, List.of(), nowMillis));
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
        List<Metrics.Alarm> alarms = new ArrayList<>();
        drift.observe(feedback, alarm -> alarms.add(named(alarm)));
        if (!alarms.isEmpty()) {
            reports.accept(metrics(Metrics.Scope.CUMULATIVE, cumulative, 0, newestOutcomeMillis, alarms, nowMillis));
        }
    }

    private Metrics.Alarm named(DriftAlarm alarm) {
        int scorer = alarm.scorer();
        return new Metrics.Alarm(
                scorer < spec.members().size() ? spec.members().get(scorer).name() : EnsembleMeasure.FUSED,
                alarm.detector(),
                alarm.meanBefore(),
                alarm.meanAfter());
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
        return metrics(Metrics.Scope.CUMULATIVE, cumulative, 0, newestOutcomeMillis, List.of(), nowMillis);
    }

    private Metrics metrics(
            Metrics.Scope scope,
            EnsembleMeasure measure,
            long fromMillis,
            long toMillis,
            List<Metrics.Alarm> alarms,
            long nowMillis) {
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
                alarms,
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
        byte[][] parts = {fold.snapshot(), cumulative.snapshot(), window.snapshot(), drift.snapshot()};
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
        drift.restore(part(bytes));
    }

    private static byte[] part(ByteBuffer bytes) {
        byte[] part = new byte[bytes.getInt()];
        bytes.get(part);
        return part;
    }
}
