package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Prediction;
import org.jspecify.annotations.Nullable;

/** How many predictions leave, how fast, and how many of them lack something, second by second. */
final class Flow {

    private static final long RECENT_SECONDS = 10;
    private static final long MINUTE_SECONDS = 60;

    /** With transactions, predictions come a checkpoint at a time. */
    private static final long STILL_SECONDS = 20;

    private final Past<Second> past = new Past<>();
    private long newestMillis = Long.MIN_VALUE;
    private long shownStep;
    private long shownUpTo = Long.MIN_VALUE;

    private static final class Second {
        private long predictions;
        private long degraded;
        private long withheld;
        private long letters;
        private final Quantiles latency = new Quantiles();

        private void addAll(Second other) {
            predictions += other.predictions;
            degraded += other.degraded;
            withheld += other.withheld;
            letters += other.letters;
            latency.addAll(other.latency);
        }
    }

    /**
     * The last ten seconds in which there were predictions.
     *
     * @param perSecond predictions a second; 0 if none came lately
     * @param degraded the share with a member missing, in [0, 1]; NaN without predictions
     * @param withheld the share without a score, in [0, 1]; NaN without predictions
     */
    record Recent(double perSecond, double degraded, double withheld, Quantiles latency) {}

    void take(Prediction prediction, long atMillis) {
        newestMillis = Math.max(newestMillis, atMillis);
        Second second = past.at(Math.floorDiv(atMillis, 1000L), Second::new);
        if (second == null) {
            return;
        }
        second.predictions++;
        second.degraded += prediction.degraded() ? 1 : 0;
        second.withheld += prediction.withheld() == null ? 0 : 1;
        if (prediction.latencies() != null) {
            second.latency.add(prediction.latencies().totalMicros());
        }
    }

    void takeLetter(long atMillis) {
        Second second = past.at(Math.floorDiv(atMillis, 1000L), Second::new);
        if (second != null) {
            second.letters++;
        }
    }

    /** When the newest prediction was made; null if none has been seen. */
    @Nullable
    Long newestMillis() {
        return newestMillis == Long.MIN_VALUE ? null : newestMillis;
    }

    Recent recent(long nowMillis) {
        long now = Math.floorDiv(nowMillis, 1000L);
        long newest = newestMillis == Long.MIN_VALUE ? Long.MIN_VALUE : Math.floorDiv(newestMillis, 1000L);
        Second sum = new Second();
        if (newest == Long.MIN_VALUE) {
            return new Recent(0, Double.NaN, Double.NaN, sum.latency);
        }
        // The second that is still going on would be counted short.
        long end = newest >= now ? now - 1 : newest;
        past.from(end - RECENT_SECONDS + 1).headMap(end, true).values().forEach(sum::addAll);
        double all = sum.predictions;
        return new Recent(
                now - newest > STILL_SECONDS ? 0 : all / RECENT_SECONDS,
                sum.degraded / all,
                sum.withheld / all,
                sum.latency);
    }

    /** Dead letters of the last minute. */
    long lettersRecent(long nowMillis) {
        return letters(Math.floorDiv(nowMillis, 1000L) - MINUTE_SECONDS);
    }

    private long letters(long fromSecond) {
        return past.from(fromSecond).values().stream()
                .mapToLong(each -> each.letters)
                .sum();
    }

    /** What the page shows as numbers. */
    ObjectNode current(long nowMillis) {
        long hourAgo = Math.floorDiv(nowMillis, 1000L) - Past.SECONDS;
        Recent recent = recent(nowMillis);
        ObjectNode json = Json.NODES.objectNode();
        Json.put(json, "perSecond", recent.perSecond());
        Json.put(json, "p50", recent.latency().millis(0.5));
        Json.put(json, "p99", recent.latency().millis(0.99));
        Json.put(json, "degraded", recent.degraded());
        Json.put(json, "withheld", recent.withheld());
        json.put(
                "seen",
                past.from(hourAgo).values().stream()
                        .mapToLong(each -> each.predictions)
                        .sum());
        json.put("newest", newestMillis());
        json.put("letters", letters(hourAgo)).put("lettersRecent", lettersRecent(nowMillis));
        return json;
    }

    /** All of it in steps up to now. */
    ObjectNode whole(long nowMillis) {
        return series(nowMillis, Long.MIN_VALUE).put("whole", true);
    }

    /** The steps that have changed or passed since this was asked last; null if none has. */
    @Nullable
    ObjectNode changes(long nowMillis) {
        Long changed = past.takeChangedFrom();
        if (past.isEmpty()) {
            return null;
        }
        long step = past.step();
        long from = Math.min(changed == null ? Long.MAX_VALUE : changed, shownUpTo);
        shownUpTo = Math.floorDiv(Math.floorDiv(nowMillis, 1000L), step) * step;
        if (step != shownStep) {
            shownStep = step;
            return whole(nowMillis);
        }
        ObjectNode json = series(nowMillis, from);
        return json.get("points").isEmpty() ? null : json;
    }

    private ObjectNode series(long nowMillis, long fromSecond) {
        ObjectNode json = Json.NODES.objectNode();
        ArrayNode points = json.putArray("points");
        if (past.isEmpty()) {
            return json;
        }
        long step = past.step();
        long end = Math.floorDiv(nowMillis, 1000L);
        long first = Math.max(past.all().firstKey(), Math.max(fromSecond, end - Past.SECONDS));
        for (long at = Math.floorDiv(first, step) * step; at + step <= end; at += step) {
            Second sum = new Second();
            past.from(at).headMap(at + step, false).values().forEach(sum::addAll);
            point(points.addArray(), at, step, sum);
        }
        return json;
    }

    private static void point(ArrayNode into, long at, long step, Second sum) {
        into.add(at * 1000);
        Json.add(into, sum.predictions / (double) step);
        Json.add(into, sum.latency.millis(0.5));
        Json.add(into, sum.latency.millis(0.99));
        Json.add(into, sum.degraded / (double) sum.predictions);
        Json.add(into, sum.letters / (double) step);
    }
}
