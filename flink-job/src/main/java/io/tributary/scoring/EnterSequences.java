package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.prepare.History;
import io.tributary.core.prepare.Sequences;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Completes the rows of events with the values of the events before them that have the same key. Its state is a history a
 * key. Where the spec says when to forget, a history is dropped after twice as long on the wall clock, too: what counts is
 * event time, and an outage shorter than that changes nothing.
 */
final class EnterSequences extends KeyedProcessFunction<String, Event, Event> {

    private static final long serialVersionUID = 1L;

    private final ShippedSpec shipped;
    private transient Sequences sequences;
    private transient ValueState<History> history;
    private transient Counter withoutKey;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    EnterSequences(ShippedSpec shipped) {
        this.shipped = shipped;
    }

    /** The events with whole rows: the same stream where the spec has no sequences. */
    static DataStream<Event> of(DataStream<Event> events, EnsembleSpec spec, ShippedSpec shipped) {
        if (spec.features().sequenceKey() == null) {
            return events;
        }
        return events.keyBy(EnterSequences::key, Types.STRING)
                .process(new EnterSequences(shipped), TypeInformation.of(Event.class))
                .name("sequences")
                .uid("sequences");
    }

    /** Events without a key leave no history; their ids spread them over the subtasks. */
    static String key(Event event) {
        return event.key() == null ? event.id() : event.key();
    }

    @Override
    public void open(OpenContext context) {
        EnsembleSpec spec = shipped.unpack();
        sequences = new Sequences(spec.features());
        ValueStateDescriptor<History> descriptor =
                new ValueStateDescriptor<>("history", TypeInformation.of(History.class));
        Duration forget = sequences.forget();
        if (forget != null) {
            descriptor.enableTimeToLive(
                    StateTtlConfig.newBuilder(forget.multipliedBy(2)).build());
        }
        history = getRuntimeContext().getState(descriptor);
        withoutKey = PlaneMetrics.of(getRuntimeContext().getMetricGroup(), spec.ensemble())
                .counter("events_without_key_total");
    }

    @Override
    public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
        if (event.key() == null) {
            withoutKey.inc();
        } else {
            history.update(sequences.enter(event, history.value()));
        }
        out.collect(event);
    }
}
