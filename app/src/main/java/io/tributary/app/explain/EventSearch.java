package io.tributary.app.explain;

import io.tributary.app.UserError;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.serve.Explainer;
import io.tributary.schemas.SchemaRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The dashboard's search: by the learning plane's index, and without one among the newest predictions. */
public final class EventSearch implements Explainer {

    private final @Nullable IndexClient index;
    private final RecentPredictions recent;
    private final PredictionReader reader;

    /**
     * A search among an ensemble's predictions.
     *
     * @param learning where its learning plane answers, such as {@code http://localhost:8077}; null for nowhere
     * @throws UserError if that is no such address
     */
    public EventSearch(EnsembleSpec spec, SchemaRegistry registry, @Nullable String learning) {
        this.index = learning == null ? null : new IndexClient(spec, learning);
        this.recent = new RecentPredictions(spec);
        this.reader = new PredictionReader(spec, registry);
    }

    @Override
    public String explain(String eventId) throws NotExplainedException, InterruptedException {
        try {
            Place place = place(eventId);
            return Json.text(ExplanationJson.of(Explanation.of(place, reader.read(place, eventId))));
        } catch (UserError e) {
            throw new NotExplainedException(sentence(String.valueOf(e.getMessage())));
        }
    }

    private Place place(String eventId) throws InterruptedException {
        String missed = "";
        if (index != null) {
            try {
                return index.find(eventId);
            } catch (UserError e) {
                missed = "; " + e.getMessage();
            }
        }
        Place place = recent.find(eventId);
        if (place == null) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "the prediction for event '%s' is not among the newest %,d of the topic%s",
                    eventId,
                    RecentPredictions.MOST,
                    missed));
        }
        return place;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
