package io.tributary.scoring;

import io.tributary.core.TraceContext;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The trace of a record, in its headers. A record without any costs the look for them and no object. */
final class TraceHeaders {

    private TraceHeaders() {}

    /** What headers say; null if they name no trace. Of several headers of one name the last counts. */
    static @Nullable TraceContext of(Headers headers) {
        return TraceContext.of(
                value(headers.lastHeader(TraceContext.TRACEPARENT)),
                value(headers.lastHeader(TraceContext.TRACESTATE)),
                value(headers.lastHeader(TraceContext.BAGGAGE)));
    }

    private static byte @Nullable [] value(@Nullable Header header) {
        return header == null ? null : header.value();
    }

    /** Adds what names a trace, byte for byte as it came. */
    static void add(@Nullable TraceContext trace, Headers to) {
        if (trace != null) {
            add(TraceContext.TRACEPARENT, trace.traceparent(), to);
            add(TraceContext.TRACESTATE, trace.tracestate(), to);
            add(TraceContext.BAGGAGE, trace.baggage(), to);
        }
    }

    private static void add(String name, byte @Nullable [] value, Headers to) {
        if (value != null) {
            to.add(name, value);
        }
    }
}
