package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the slot groups say of an event, by its id, and fuses it: once all have answered, or from those that have
 * when the deadline has come. Predictions of one id leave in the order of the partition that their events came from;
 * others in the order in which they are complete.
 *
 * <p>Every group answers every event once, if need be with nothing but reasons, so what has left early is remembered until
 * then: answers that come later are counted and emit nothing. A restore lets every event wait for the whole deadline again,
 * for the groups begin again, too. The steps of a replay in lockstep have no deadline and wait for the weights that they
 * ask for.
 */
final class Gather extends KeyedBroadcastProcessFunction<String, Part, Weights, Prediction> {

    private static final long serialVersionUID = 1L;

    /** What a group's answer may take on its way here: a group lets go of a hung member just at the deadline. */
    private static final long TRANSIT_MILLIS = 10;

    private static final MapStateDescriptor<Long, Gathering> GATHERED =
            new MapStateDescriptor<>("gathered", Types.LONG, TypeInformation.of(Gathering.class));

    /** How long the groups' models may take to load: nothing is fused without a group that has never answered. */
    private static final long START_MILLIS = 60_000;

    /** Weights are kept by the predictor and read again at the start, so the broadcast needs no state. */
    @SuppressWarnings("rawtypes")
    static final MapStateDescriptor[] NO_STATE = {};

    private final ShippedSpec shipped;
    private transient EnsembleSpec spec;
    private transient Predictor predictor;
    private transient int[][] places;
    private transient MapState<Long, Gathering> gathered;
    private transient Counter lateAnswers;
    private transient BitSet unheard;
    private transient long waitMillis;
    private transient boolean begun;
    private transient long sinceMillis;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    Gather(ShippedSpec shipped) {
        this.shipped = shipped;
    }

    @Override
    public void open(OpenContext context) {
        spec = shipped.unpack();
        predictor = new Predictor(spec);
        List<SlotGroup> groups = spec.slots().groups();
        places = groups.stream().map(this::placesOf).toArray(int[][]::new);
        gathered = getRuntimeContext().getMapState(GATHERED);
        unheard = new BitSet();
        unheard.set(0, groups.size());
        waitMillis = spec.deadline().toMillis() + TRANSIT_MILLIS;
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        lateAnswers = metrics.counter("lateAnswers", new SimpleCounter());
        metrics.gauge("weightsVersion", predictor::weightsVersion);
        InitialWeights.read(spec, predictor::use);
    }

    private int[] placesOf(SlotGroup group) {
        return group.members().stream().mapToInt(spec.memberNames()::indexOf).toArray();
    }

    @Override
    public void processElement(Part part, ReadOnlyContext context, Collector<Prediction> out) throws Exception {
        long now = context.currentProcessingTime();
        hear(part, now);
        Gathering known = gathered.get(part.position());
        if (known == null) {
            known = Gathering.nothing(spec.members().size(), spec.scoreWidth());
        }
        Gathering after = part.opened() != null
                ? known.of(part.opened())
                : known.with(part, places[part.group()], spec.scoreWidth());
        if (known.hasLeft()) {
            lateAnswers.inc();
        }
        if (after.hasLeft() && isComplete(after)) {
            gathered.remove(part.position());
            return;
        }
        gathered.put(part.position(), after);
        if (isReady(after, now)) {
            leave(now, context.timerService(), out);
        } else if (part.opened() != null && part.opened().step() == null) {
            context.timerService().registerProcessingTimeTimer(dueMillis(part.opened()));
        }
    }

    private void begin(long now) {
        if (!begun) {
            begun = true;
            sinceMillis = now + START_MILLIS;
        }
    }

    /** Deadlines count from when every group has answered something since the start. */
    private void hear(Part part, long now) {
        begin(now);
        if (part.group() >= 0 && unheard.get(part.group())) {
            unheard.clear(part.group());
            sinceMillis = unheard.isEmpty() ? now : sinceMillis;
        }
    }

    private boolean isDue(Event event, long now) {
        return event.step() == null && dueMillis(event) <= now;
    }

    private long dueMillis(Event event) {
        return Math.max(event.arrivedMillis(), sinceMillis) + waitMillis;
    }

    private boolean isComplete(Gathering gathering) {
        return gathering.event() != null && gathering.answered() == places.length;
    }

    /** Whether it can leave: complete or due; a step once it is complete and the weights are as new as it asks for. */
    private boolean isReady(Gathering gathering, long now) {
        Event event = gathering.event();
        if (event == null || gathering.hasLeft()) {
            return false;
        }
        return event.step() == null
                ? isComplete(gathering) || isDue(event, now)
                : isComplete(gathering) && event.step().minWeightsVersion() <= predictor.weightsVersion();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Prediction> out) throws Exception {
        long now = Math.max(timestamp, context.currentProcessingTime());
        begin(now);
        leave(now, context.timerService(), out);
        for (Gathering waiting : gathered.values()) {
            Event event = waiting.event();
            if (event != null && event.step() == null && !waiting.hasLeft()) {
                // The timer was restored, and its event waits anew.
                context.timerService().registerProcessingTimeTimer(dueMillis(event));
            }
        }
    }

    @Override
    public void processBroadcastElement(Weights weights, Context context, Collector<Prediction> out) throws Exception {
        long before = predictor.weightsVersion();
        predictor.use(weights);
        if (predictor.weightsVersion() > before) {
            context.applyToKeyedState(GATHERED, (eventId, state) -> leave(context.currentProcessingTime(), null, out));
        }
    }

    /** Lets go what is ready of one id, in the order in which it came from each partition. */
    private void leave(long now, @Nullable TimerService timers, Collector<Prediction> out) throws Exception {
        List<Long> positions = new ArrayList<>(1);
        gathered.keys().forEach(positions::add);
        Collections.sort(positions);
        int blocked = -1;
        for (long position : positions) {
            Gathering gathering = gathered.get(position);
            Event event = gathering.event();
            if (gathering.hasLeft()) {
                continue;
            }
            boolean isBlocked = Event.partition(position) == blocked;
            if (event == null || !isReady(gathering, now) || (isBlocked && !isDue(event, now))) {
                blocked = Event.partition(position);
                continue;
            }
            out.collect(
                    predictor.predict(event, gathering.scores(), gathering.missing(), now, gathering.latencies(now)));
            if (isComplete(gathering)) {
                gathered.remove(position);
            } else {
                gathered.put(position, gathering.left());
            }
            if (timers != null && positions.size() == 1) {
                timers.deleteProcessingTimeTimer(dueMillis(event));
            }
        }
    }
}
