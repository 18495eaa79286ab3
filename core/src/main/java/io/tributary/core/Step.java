package io.tributary.core;

import org.jspecify.annotations.Nullable;

/**
 * The step of a replay in lockstep that an event belongs to. It makes the result depend on nothing but the events: not on
 * how fast weights travel, nor on how events happen to be gathered into batches, on which a network's last bits depend.
 *
 * @param minWeightsVersion the event is not fused with weights older than this version
 * @param isLast whether nothing follows for now, so that the batch it is in need not wait for more
 */
public record Step(long minWeightsVersion, boolean isLast) {

    /** The header of a feature record that carries its step. */
    public static final String HEADER = "tributary-step";

    private static final String LAST = " last";

    /** As the header has it. */
    public String text() {
        return minWeightsVersion + (isLast ? LAST : "");
    }

    /** The step that a header's text stands for; null if it stands for none. */
    public static @Nullable Step parse(String text) {
        boolean last = text.endsWith(LAST);
        try {
            return new Step(Long.parseLong(last ? text.substring(0, text.length() - LAST.length()) : text), last);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
