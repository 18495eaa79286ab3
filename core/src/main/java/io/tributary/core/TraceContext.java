package io.tributary.core;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a record belongs to, as the headers of W3C Trace Context and W3C Baggage say it: passed on as it came,
 * and never looked into.
 *
 * @param traceparent the trace and the span before; null where only baggage came
 * @param tracestate what tracing systems add to it; null if nothing, and where there is no traceparent
 * @param baggage what the application sends along; null if nothing
 */
public record TraceContext(byte @Nullable [] traceparent, byte @Nullable [] tracestate, byte @Nullable [] baggage) {

    /** The header of the trace and the span. */
    public static final String TRACEPARENT = "traceparent";

    /** The header of what tracing systems add. */
    public static final String TRACESTATE = "tracestate";

    /** The header of what the application sends along. */
    public static final String BAGGAGE = "baggage";

    /**
     * How long a header may be. The standards ask nobody to pass on more, and a prediction must not outgrow what the
     * broker takes because its event brought long headers.
     */
    public static final int MOST_BYTES = 8192;

    /**
     * What a record's headers say, each null where the record has none: longer ones than {@link #MOST_BYTES} are left out,
     * and so is state without a trace, which means nothing.
     *
     * @return null if nothing is left
     */
    public static @Nullable TraceContext of(
            byte @Nullable [] traceparent, byte @Nullable [] tracestate, byte @Nullable [] baggage) {
        byte[] trace = fitting(traceparent);
        byte[] state = trace == null ? null : fitting(tracestate);
        byte[] sent = fitting(baggage);
        return trace == null && sent == null ? null : new TraceContext(trace, state, sent);
    }

    private static byte @Nullable [] fitting(byte @Nullable [] header) {
        return header == null || header.length > MOST_BYTES ? null : header;
    }
}
