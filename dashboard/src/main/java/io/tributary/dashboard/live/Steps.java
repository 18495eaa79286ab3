package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds until it is said anew, as a series for the page: the last of each step, at its own time.
 *
 * @param <V> what is said
 */
final class Steps<V> {

    private final Names names;
    private final Past<V> past = new Past<>();
    private final BiConsumer<V, ArrayNode> writer;
    private long shownStep;

    /**
     * Nothing was said yet.
     *
     * @param names what the columns are called
     * @param writer adds the columns of what was said to a point
     */
    Steps(Names names, BiConsumer<V, ArrayNode> writer) {
        this.names = names;
        this.writer = writer;
    }

    void put(long millis, V said) {
        past.put(Math.floorDiv(millis, 1000L), said);
    }

    ObjectNode whole(long nowMillis) {
        past.forget(Math.floorDiv(nowMillis, 1000L), true);
        return series(Long.MIN_VALUE).put("whole", true);
    }

    /** The steps that have changed since this was asked last; null if none has. */
    @Nullable
    ObjectNode changes(long nowMillis) {
        Long changed = past.takeChangedFrom();
        if (changed == null) {
            return null;
        }
        if (past.step() != shownStep) {
            shownStep = past.step();
            return whole(nowMillis);
        }
        return series(changed);
    }

    private ObjectNode series(long fromSecond) {
        ObjectNode json = Json.NODES.objectNode();
        json.set("names", names.json());
        ArrayNode points = json.putArray("points");
        long step = past.step();
        NavigableMap<Long, V> shown =
                past.from(fromSecond == Long.MIN_VALUE ? fromSecond : stepOf(fromSecond, step) * step);
        for (Map.Entry<Long, V> each : shown.entrySet()) {
            Long next = past.all().higherKey(each.getKey());
            if (next == null || stepOf(next, step) != stepOf(each.getKey(), step)) {
                // Named after its step, so that what comes later in the step replaces it.
                ArrayNode point = points.addArray().add(stepOf(each.getKey(), step) * step * 1000);
                writer.accept(each.getValue(), point);
            }
        }
        return json;
    }

    private static long stepOf(long second, long step) {
        return Math.floorDiv(second, step);
    }
}
