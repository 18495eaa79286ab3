package io.tributary.app.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.control.Publication;
import io.tributary.core.control.Publications;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.live.LiveState;
import io.tributary.dashboard.read.Watcher;
import org.jspecify.annotations.Nullable;

/** What has lately been on an ensemble's topics: what the dashboard makes of it, and what only a status asks for. */
final class Sightings implements Watcher {

    private final LiveState live;
    private final Publications publications;
    private final long nowMillis;
    private final long lettersFromMillis;
    private @Nullable Prediction newest;
    private @Nullable Weights weights;
    private @Nullable DeadLetter newestLetter;
    private long letters;

    /**
     * Nothing was seen yet.
     *
     * @param nowMillis the time of the status, epoch milliseconds
     * @param lettersFromMillis since when dead letters count
     */
    Sightings(EnsembleSpec spec, long nowMillis, long lettersFromMillis) {
        this.live = new LiveState(spec, () -> nowMillis);
        this.publications = new Publications(spec.ensemble());
        this.nowMillis = nowMillis;
        this.lettersFromMillis = lettersFromMillis;
    }

    @Override
    public void prediction(Prediction prediction) {
        live.prediction(prediction);
        if (newest == null || newest.processingTimeMillis() <= prediction.processingTimeMillis()) {
            newest = prediction;
        }
    }

    @Override
    public void weights(Weights newer) {
        live.weights(newer);
        if (newer.segment() == null && (weights == null || weights.version() <= newer.version())) {
            weights = newer;
        }
    }

    @Override
    public void forgotten(String segment) {
        live.forgotten(segment);
    }

    @Override
    public void metrics(Metrics metrics) {
        live.metrics(metrics);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
        live.deadLetter(letter);
        if (letter.timeMillis() >= lettersFromMillis) {
            letters++;
            if (newestLetter == null || newestLetter.timeMillis() <= letter.timeMillis()) {
                newestLetter = letter;
            }
        }
    }

    @Override
    public void control(Control said) {
        live.control(said);
        publications.take(said);
    }

    /** The newest prediction; null if there was none. */
    @Nullable
    Prediction newest() {
        return newest;
    }

    /** The newest weights of all traffic; null if there were none. */
    @Nullable
    Weights weights() {
        return weights;
    }

    /** Which version of the spec was published last; null if none was. */
    @Nullable
    Integer published() {
        Publication committed = publications.committed();
        return committed == null ? null : committed.version();
    }

    /** How many records could not be used. */
    long letters() {
        return letters;
    }

    /** The newest record that could not be used; null if all could. */
    @Nullable
    DeadLetter newestLetter() {
        return newestLetter;
    }

    /** What the dashboard says: health, figures and members. */
    JsonNode live() {
        return live.summary(nowMillis);
    }
}
