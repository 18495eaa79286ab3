package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Prediction;
import java.util.Comparator;
import java.util.List;

/**
 * A prediction in the list of the newest ones.
 *
 * @param atMillis when it was made, as far as that is believed
 */
record ScoredEvent(Prediction prediction, long atMillis) {

    static final Comparator<ScoredEvent> BY_AGE =
            Comparator.comparingLong(ScoredEvent::atMillis).thenComparing(each -> each.prediction.eventId());

    ObjectNode json() {
        Prediction p = prediction;
        ObjectNode json = Json.NODES.objectNode();
        json.put("key", atMillis + "/" + p.eventId());
        json.put("at", atMillis).put("id", p.eventId()).put("segment", p.segment());
        Json.put(json, "score", p.score());
        json.put("positive", p.positive());
        json.put("class", p.likeliest() < 0 ? null : p.classes()[p.likeliest()]);
        json.put("withheld", p.withheld());
        ArrayNode missing = json.putArray("missing");
        List<String> shadows = List.of(p.recipe().shadows());
        for (int k = 0; k < p.members().length; k++) {
            if (p.missing()[k] != null && !shadows.contains(p.members()[k])) {
                missing.add(p.members()[k]);
            }
        }
        Json.put(
                json, "took", p.latencies() == null ? Double.NaN : p.latencies().totalMicros() / 1000.0);
        return json;
    }
}
