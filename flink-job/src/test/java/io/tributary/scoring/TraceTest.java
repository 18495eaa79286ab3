package io.tributary.scoring;

import static io.tributary.scoring.GatherHarness.one;
import static io.tributary.scoring.GatherHarness.opened;
import static io.tributary.scoring.GatherHarness.two;
import static io.tributary.scoring.Samples.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.TraceContext;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.schemas.EncodedPrediction;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a feature record, on its way to the headers of its prediction. */
class TraceTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path folder;

    @Test
    void headers_ofATrace_areWrittenAsTheyWereRead() {
        Headers came = new RecordHeaders()
                .add(TraceContext.TRACEPARENT, "00-an-older-one".getBytes(UTF_8))
                .add(TraceContext.TRACEPARENT, PARENT.getBytes(UTF_8))
                .add(TraceContext.TRACESTATE, "congo=t61".getBytes(UTF_8))
                .add(TraceContext.BAGGAGE, "user=7".getBytes(UTF_8))
                .add("another", new byte[] {1});
        Headers written = new RecordHeaders();

        TraceHeaders.add(read(came).trace(), written);

        assertThat(texts(written))
                .isEqualTo(Map.of(
                        TraceContext.TRACEPARENT, PARENT,
                        TraceContext.TRACESTATE, "congo=t61",
                        TraceContext.BAGGAGE, "user=7"));
    }

    @Test
    void headers_ofNoTrace_areNone() {
        Headers written = new RecordHeaders();
        RawRecord raw = read(new RecordHeaders()
                .add("another", new byte[] {1})
                .add(TraceContext.TRACEPARENT, null)
                .add(TraceContext.TRACESTATE, "congo=t61".getBytes(UTF_8)));

        TraceHeaders.add(raw.trace(), written);

        assertThat(raw.trace()).isNull();
        assertThat(written.toArray()).isEmpty();
    }

    private static RawRecord read(Headers headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 1, null, new byte[] {1});
        headers.forEach(record.headers()::add);
        return RawRecordSchema.of(record);
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new TreeMap<>();
        for (Header each : headers) {
            texts.put(each.key(), new String(each.value(), UTF_8));
        }
        assertThat(texts).hasSize(headers.toArray().length);
        return texts;
    }

    @Test
    void events_throughACheckpoint_keepTheirTraces() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeMemberFactory hanging =
                new FakeMemberFactory("rules").with("a", row -> waitFor(hang)).with("b", row -> 0.5);
        OperatorSubtaskState state;
        try (ScoringHarness harness = Samples.open(folder, hanging)) {
            harness.event(event(0).tracedBy(trace()));
            harness.event(event(1));
            harness.event(new Event("held", 0, null, new float[] {1}, new Step(9, true)).tracedBy(trace()));
            state = harness.snapshot(1, 1);
            hang.countDown();
        }

        try (ScoringHarness restored = ScoringHarness.of(Samples.spec(folder), Samples.echo())) {
            restored.initializeState(state);
            restored.open();
            restored.endOfEvents();

            assertTraces(restored.getRecordOutput(), Map.of("0", PARENT, "1", "", "held", PARENT));
        }
    }

    @Test
    void events_throughSlotGroups_keepTheirTraces() throws Exception {
        OperatorSubtaskState state;
        try (GatherHarness harness = GatherHarness.of(GatherHarness.spec(folder), 1, 0)) {
            harness.open();
            harness.hear();
            harness.send(
                    Part.opened(new Event("e", 7, null, new float[] {1}, null, 5, 0, null, 1).tracedBy(trace())),
                    one("e", 5, 0.1, 0.3),
                    opened("f", 6, 0),
                    one("f", 6, 0.1, 0.3));
            state = harness.snapshot(1, 1);
        }

        try (GatherHarness restored = GatherHarness.of(GatherHarness.spec(folder), 1, 0)) {
            restored.initializeState(state);
            restored.open();
            restored.send(two("e", 5, 0.2), two("f", 6, 0.2));

            assertTraces(restored.getRecordOutput(), Map.of("e", PARENT, "f", ""));
        }
    }

    private static TraceContext trace() {
        return Samples.trace(PARENT, null);
    }

    /** The trace of each prediction, by its event's id; an empty text for none. */
    private static void assertTraces(
            Collection<StreamRecord<EncodedPrediction>> records, Map<String, String> expected) {
        Map<String, String> traces = new TreeMap<>();
        for (StreamRecord<EncodedPrediction> record : records) {
            TraceContext trace = record.getValue().trace();
            traces.put(
                    new String(record.getValue().key(), UTF_8),
                    trace == null ? "" : new String(trace.traceparent(), UTF_8));
        }
        assertThat(traces).isEqualTo(expected);
    }

    private static double waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0.5;
    }
}
