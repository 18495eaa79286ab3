package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Watcher;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows, folded from an ensemble's own records in whatever order they are read. What it keeps
 * is bounded: an hour of history, and the newest few of what is listed. A record from the future counts as of now, so that a
 * clock that is wrong somewhere hides nothing. Safe for several threads.
 */
public final class LiveState implements Watcher {

    private static final int LISTED = 40;
    private static final int MARKS = 200;
    private static final long HOUR_MILLIS = Past.SECONDS * 1000;

    /** So long after an alarm it is still worth a look. */
    private static final long ALARMING_MILLIS = 600_000;

    /** So far may the clocks of other machines be ahead. */
    private static final long AHEAD_MILLIS = 5000;

    private final EnsembleSpec spec;
    private final LongSupplier clock;
    private final Names places;
    private final Flow flow = new Flow();
    private final Members members;
    private final Segments segments;
    private final Steps<WeightsSaid> weights;
    private final Losses losses;
    private final Swaps swaps = new Swaps();
    private final Newest<Mark> marks = new Newest<>(MARKS, Mark.BY_TIME);
    private final Newest<ScoredEvent> predictions = new Newest<>(LISTED, ScoredEvent.BY_AGE);
    private final Newest<Unused> letters = new Newest<>(LISTED, Unused.BY_AGE);
    private final Map<String, JsonNode> shown = new HashMap<>();
    private final Map<String, Long> risen = new TreeMap<>();
    private @Nullable Weights newestWeights;
    private long newestWeightsMillis;
    private @Nullable String problem;

    /**
     * Of an ensemble of which nothing was read yet.
     *
     * @param clock tells the time when a record is taken, epoch milliseconds
     */
    public LiveState(EnsembleSpec spec, LongSupplier clock) {
        this.spec = spec;
        this.clock = clock;
        this.places = new Names(spec.memberNames());
        this.members = new Members(spec, places);
        this.segments = new Segments(places);
        this.weights = new Steps<>(places, (said, point) -> said.write(point.addArray()));
        this.losses = new Losses(spec);
    }

    /** The time of a record as it is believed. */
    private long believed(long millis) {
        return Math.min(millis, clock.getAsLong() + AHEAD_MILLIS);
    }

    @Override
    public synchronized void prediction(Prediction prediction) {
        long at = believed(prediction.processingTimeMillis());
        flow.take(prediction, at);
        members.take(prediction, at);
        segments.take(prediction, at);
        predictions.add(new ScoredEvent(prediction, at));
    }

    @Override
    public synchronized void weights(Weights newer) {
        if (newer.segment() != null) {
            segments.take(newer.segment(), newer);
            return;
        }
        long at = believed(newer.publishedAtMillis());
        weights.put(at, WeightsSaid.of(newer, places));
        if (newestWeights == null || newestWeightsMillis <= at) {
            newestWeights = newer;
            newestWeightsMillis = at;
        }
    }

    @Override
    public synchronized void forgotten(String segment) {
        segments.forget(segment);
    }

    @Override
    public synchronized void metrics(Metrics metrics) {
        long at = believed(metrics.reportedAtMillis());
        losses.take(metrics, at);
        for (Metrics.Alarm alarm : metrics.alarms()) {
            String words = String.format(
                    Locale.ROOT,
                    "Losses of %s have risen: from %.4g to %.4g, after %,d labels (%s)",
                    alarm.scorer(),
                    alarm.meanBefore(),
                    alarm.meanAfter(),
                    metrics.labels(),
                    alarm.detector());
            marks.add(new Mark(at, Mark.Kind.DRIFT, words));
            risen.put(alarm.scorer(), at);
        }
    }

    @Override
    public synchronized void deadLetter(DeadLetter letter) {
        long at = believed(letter.timeMillis());
        flow.takeLetter(at);
        letters.add(new Unused(letter, at));
    }

    @Override
    public synchronized void control(Control said) {
        swaps.take(said, believed(said.timeMillis()), marks::add);
    }

    @Override
    public synchronized void readable(@Nullable String why) {
        problem = why;
    }

    /** Everything, for a page that knows nothing yet. */
    public synchronized ObjectNode whole(long nowMillis) {
        ObjectNode json = Json.NODES.objectNode().put("whole", true).put("now", nowMillis);
        small(nowMillis).forEach(json::set);
        json.set("flow", flow.whole(nowMillis));
        json.set("weights", weights.whole(nowMillis));
        json.set("losses", losses.whole(nowMillis));
        marks.forgetBefore(Mark.earliest(nowMillis - HOUR_MILLIS));
        json.set("marks", marks());
        json.set("segments", segments.json());
        json.set("predictions", predictions());
        json.set("letters", letters());
        json.set("calibration", losses.calibration());
        return json;
    }

    /** What stands at the moment: what it is about, its health, its figures and its members. */
    public synchronized ObjectNode summary(long nowMillis) {
        ObjectNode json = Json.NODES.objectNode();
        small(nowMillis).forEach(json::set);
        return json;
    }

    /** What has changed since this was asked last, for all pages; null if nothing has. */
    public synchronized @Nullable ObjectNode changes(long nowMillis) {
        ObjectNode json = Json.NODES.objectNode();
        small(nowMillis).forEach((name, section) -> {
            if (!section.equals(shown.put(name, section))) {
                json.set(name, section);
            }
        });
        set(json, "flow", flow.changes(nowMillis));
        set(json, "weights", weights.changes(nowMillis));
        set(json, "losses", losses.changes(nowMillis));
        marks.forgetBefore(Mark.earliest(nowMillis - HOUR_MILLIS));
        set(json, "marks", marks.takeChanged() ? marks() : null);
        set(json, "segments", segments.takeChanged() ? segments.json() : null);
        set(json, "predictions", predictions.takeChanged() ? predictions() : null);
        set(json, "letters", letters.takeChanged() ? letters() : null);
        set(json, "calibration", losses.takeChanged() ? losses.calibration() : null);
        return json.isEmpty() ? null : json.put("now", nowMillis);
    }

    private static void set(ObjectNode into, String name, @Nullable JsonNode section) {
        if (section != null) {
            into.set(name, section);
        }
    }

    /** What is so small that it is compared as a whole. */
    private Map<String, JsonNode> small(long nowMillis) {
        boolean swapping = swaps.isSwapping(nowMillis);
        risen.values().removeIf(at -> at < nowMillis - ALARMING_MILLIS);
        Health health = new Health()
                .unreadable(problem)
                .members(members.concerns())
                .flow(flow.recent(nowMillis))
                .risen(risen.keySet())
                .letters(flow.lettersRecent(nowMillis));
        if (swapping) {
            health.note(swaps.words());
        }
        WeightsSaid newest = newestWeights == null ? null : WeightsSaid.of(newestWeights, places);
        return Map.of(
                "about", about(),
                "health",
                        health.json(
                                nowMillis, flow.newestMillis(), spec.events().topic()),
                "current", flow.current(nowMillis),
                "members", members.json(swapping, newest, losses::of));
    }

    private ObjectNode about() {
        ObjectNode json = Json.NODES.objectNode().put("ensemble", spec.ensemble());
        json.put("task", spec.task().label()).put("version", members.version());
        json.set("figure", losses.figure());
        json.put("probability", spec.task() == Task.BINARY || spec.task() == Task.MULTICLASS);
        ArrayNode classes = json.putArray("classes");
        spec.classes().forEach(classes::add);
        json.put("segmented", spec.events().segment() != null);
        Json.put(json, "threshold", spec.threshold());
        return json;
    }

    private ArrayNode marks() {
        ArrayNode json = Json.NODES.arrayNode();
        marks.forEach(each -> json.insert(0, each.json()));
        return json;
    }

    private ArrayNode predictions() {
        ArrayNode json = Json.NODES.arrayNode();
        predictions.forEach(each -> json.add(each.json()));
        return json;
    }

    private ArrayNode letters() {
        ArrayNode json = Json.NODES.arrayNode();
        letters.forEach(each -> json.add(each.json()));
        return json;
    }
}
