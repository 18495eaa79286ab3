package io.tributary.app.command;

import io.tributary.app.report.TextTable;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.dashboard.read.Watcher;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What has happened since the planes run, as one line now and then. */
final class Status implements Watcher {

    private long predictions;
    private long predictionsBefore;
    private long degraded;
    private long deadLetters;
    private @Nullable DeadLetter newestDeadLetter;
    private @Nullable Weights weights;

    @Override
    public synchronized void prediction(Prediction prediction) {
        predictions++;
        degraded += prediction.degraded() ? 1 : 0;
    }

    @Override
    public synchronized void weights(Weights newer) {
        weights = newer;
    }

    @Override
    public void metrics(Metrics metrics) {
        // The status line has no room for them.
    }

    @Override
    public synchronized void deadLetter(DeadLetter letter) {
        deadLetters++;
        newestDeadLetter = letter;
    }

    /** The line, for a status that is shown at the given interval. */
    synchronized String line(Duration interval) {
        double rate = (predictions - predictionsBefore) / (double) interval.toSeconds();
        predictionsBefore = predictions;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s predictions (%.1f/s, %s degraded), %s dead letters, weights version %s",
                TextTable.count(predictions),
                rate,
                TextTable.count(degraded),
                TextTable.count(deadLetters),
                weights == null ? "none" : TextTable.count(weights.version())));
        for (int k = 0; weights != null && k < weights.members().length; k++) {
            line.append(k == 0 ? ": " : ", ")
                    .append(weights.members()[k])
                    .append(String.format(Locale.ROOT, " %.3f", weights.weight(k)));
        }
        if (newestDeadLetter != null) {
            line.append("; newest dead letter: ").append(newestDeadLetter.reason());
            newestDeadLetter = null;
        }
        return line.toString();
    }
}
