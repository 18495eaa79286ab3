package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that happened at a moment.
 *
 * @param kind what
 * @param text the same in words
 */
record Mark(long atMillis, Kind kind, String text) {

    static final Comparator<Mark> BY_TIME =
            Comparator.comparingLong(Mark::atMillis).thenComparing(Mark::text);

    /** What happened. */
    enum Kind {
        /** A scorer's losses have risen for good. */
        DRIFT,
        /** Another version of the spec took over. */
        SWAP,
        /** Another version of the spec was refused. */
        REFUSED
    }

    /** The earliest of a time. */
    static Mark earliest(long atMillis) {
        return new Mark(atMillis, Kind.DRIFT, "");
    }

    ObjectNode json() {
        return Json.NODES
                .objectNode()
                .put("at", atMillis)
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("text", text);
    }
}
