package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.DeadLetter;
import java.util.Comparator;

/**
 * A record that could not be used, in the list of the newest ones.
 *
 * @param atMillis when it was given up, as far as that is believed
 */
record Unused(DeadLetter letter, long atMillis) {

    static final Comparator<Unused> BY_AGE = Comparator.comparingLong(Unused::atMillis)
            .thenComparing(each -> each.letter.topic())
            .thenComparingInt(each -> each.letter.partition())
            .thenComparingLong(each -> each.letter.offset());

    ObjectNode json() {
        return Json.NODES
                .objectNode()
                .put("at", atMillis)
                .put("stage", letter.stage())
                .put("reason", letter.reason())
                .put("topic", letter.topic())
                .put("partition", letter.partition())
                .put("offset", letter.offset())
                .put("bytes", letter.payloadLength());
    }
}
