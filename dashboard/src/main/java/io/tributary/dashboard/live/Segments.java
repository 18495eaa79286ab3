package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slices of traffic: how busy each is, and the weights that are its own. */
final class Segments {

    private static final int SHOWN = 100;

    /** Whoever has more segments than this has no use for a list of them. */
    private static final int MOST = 5000;

    private static final long HALVED_EVERY_MILLIS = 1_800_000;

    private final Names members;
    private final Map<String, Segment> segments = new HashMap<>();
    private double total;
    private long halvedAt;
    private boolean changed;

    private static final class Segment {
        private final String name;
        private double predictions;
        private double ownShare;
        private @Nullable Weights weights;

        private Segment(String name) {
            this.name = name;
        }
    }

    Segments(Names members) {
        this.members = members;
    }

    void take(Prediction prediction, long atMillis) {
        String name = prediction.segment();
        total++;
        if (name == null) {
            return;
        }
        age(atMillis);
        Segment segment = of(name);
        if (segment != null) {
            segment.predictions++;
            segment.ownShare = prediction.recipe().segmentShare();
            changed = true;
        }
    }

    void take(String name, Weights weights) {
        Segment segment = of(name);
        if (segment != null) {
            segment.weights = weights.isForgotten() ? null : weights;
            changed = true;
        }
    }

    /** The segment's weights are gone. */
    void forget(String name) {
        Segment segment = segments.get(name);
        if (segment != null) {
            segment.weights = null;
            changed = true;
        }
    }

    private @Nullable Segment of(String name) {
        return segments.size() < MOST || segments.containsKey(name)
                ? segments.computeIfAbsent(name, Segment::new)
                : null;
    }

    /** Half an hour later traffic counts half as much. */
    private void age(long nowMillis) {
        if (halvedAt == 0) {
            halvedAt = nowMillis;
        }
        if (nowMillis - halvedAt >= HALVED_EVERY_MILLIS) {
            halvedAt = nowMillis;
            total /= 2;
            segments.values().forEach(each -> each.predictions /= 2);
        }
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    ObjectNode json() {
        List<Segment> busiest = segments.values().stream()
                .sorted(Comparator.<Segment>comparingDouble(each -> -each.predictions)
                        .thenComparing(each -> each.name))
                .limit(SHOWN)
                .toList();
        ObjectNode json = Json.NODES.objectNode();
        ArrayNode shown = json.putArray("shown");
        for (Segment each : busiest) {
            ObjectNode one = shown.addObject().put("name", each.name);
            Json.put(one, "traffic", each.predictions / total);
            Json.put(one, "own", each.ownShare);
            Json.put(one, "evidence", each.weights == null ? Double.NaN : each.weights.evidence());
            if (each.weights == null) {
                one.putNull("weights");
            } else {
                WeightsSaid.of(each.weights, members).write(one.putArray("weights"));
            }
        }
        return json.put("others", segments.size() - busiest.size());
    }
}
