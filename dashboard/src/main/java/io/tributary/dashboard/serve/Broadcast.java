package io.tributary.dashboard.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.dashboard.live.LiveState;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells every open page what has changed: everything first, then the changes, and now and then that all is well. */
final class Broadcast {

    private static final int MOST_PAGES = 32;
    private static final int QUIET_TICKS = 4;

    /** Letters of any script go through any proxy. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final LiveState state;
    private final LongSupplier clock;
    private final Set<Outlet> pages = new HashSet<>();
    private int quiet;

    Broadcast(LiveState state, LongSupplier clock) {
        this.state = state;
        this.clock = clock;
    }

    /** Adds a page, which is told everything; null if there are too many. */
    synchronized @Nullable Outlet join() {
        if (pages.size() >= MOST_PAGES) {
            return null;
        }
        Outlet page = new Outlet();
        page.offer(message(state.whole(clock.getAsLong())));
        pages.add(page);
        return page;
    }

    synchronized void leave(Outlet page) {
        pages.remove(page);
        page.end();
    }

    /** Sends what has changed since the last time. */
    synchronized void tick() {
        ObjectNode changes = state.changes(clock.getAsLong());
        if (pages.isEmpty()) {
            return;
        }
        quiet = changes == null ? quiet + 1 : 0;
        if (changes != null) {
            Outlet.Message message = message(changes);
            pages.removeIf(page -> !page.offer(message));
        } else if (quiet % QUIET_TICKS == 0) {
            pages.removeIf(page -> !page.offer(new Outlet.Message("beat", "{}")));
        }
    }

    synchronized void close() {
        pages.forEach(Outlet::end);
        pages.clear();
    }

    private static Outlet.Message message(ObjectNode json) {
        try {
            return new Outlet.Message("state", JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", e);
        }
    }
}
