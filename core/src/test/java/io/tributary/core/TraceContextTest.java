package io.tributary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final byte[] PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8);
    private static final byte[] STATE = "congo=t61rcWkgMzE".getBytes(UTF_8);
    private static final byte[] BAGGAGE = "user=7".getBytes(UTF_8);
    private static final byte[] TOO_LONG = new byte[TraceContext.MOST_BYTES + 1];

    @Test
    void of_allHeaders_keepsThem() {
        TraceContext trace = TraceContext.of(PARENT, STATE, BAGGAGE);

        assertThat(trace.traceparent()).isSameAs(PARENT);
        assertThat(trace.tracestate()).isSameAs(STATE);
        assertThat(trace.baggage()).isSameAs(BAGGAGE);
    }

    @Test
    void of_noHeaders_isNone() {
        assertThat(TraceContext.of(null, null, null)).isNull();
        assertThat(TraceContext.of(null, STATE, null)).as("state of no trace").isNull();
        assertThat(TraceContext.of(TOO_LONG, STATE, null)).isNull();
    }

    @Test
    void of_baggageAlone_isKept() {
        TraceContext trace = TraceContext.of(null, STATE, BAGGAGE);

        assertThat(trace.traceparent()).isNull();
        assertThat(trace.tracestate()).isNull();
        assertThat(trace.baggage()).isSameAs(BAGGAGE);
    }

    @Test
    void of_headersThatAreTooLong_leavesThemOut() {
        TraceContext trace = TraceContext.of(PARENT, TOO_LONG, TOO_LONG);

        assertThat(trace.traceparent()).isSameAs(PARENT);
        assertThat(trace.tracestate()).isNull();
        assertThat(trace.baggage()).isNull();
        assertThat(TraceContext.of(PARENT, null, new byte[TraceContext.MOST_BYTES])
                        .baggage())
                .isNotNull();
    }
}
