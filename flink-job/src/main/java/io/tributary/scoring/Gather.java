package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Weights;
import io.tributary.core.predict.Fused;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EncodedPrediction;
import io.tributary.schemas.PredictionEncoder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
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
final class Gather extends KeyedBroadcastProcessFunction<String, Part, Weights, EncodedPrediction> {

    private static final long serialVersionUID = 1L;

    private static final MapStateDescriptor<Long, Gathering> GATHERED =
            new MapStateDescriptor<>("gathered", Types.LONG, TypeInformation.of(Gathering.class));

    /** How long the groups' models may take to load: nothing is fused without a group that has never answered. */
    private static final long START_MILLIS = 60_000;

    /** Weights are kept by the predictor and read again at the start, so the broadcast needs no state. */
    @SuppressWarnings("rawtypes")
    static final MapStateDescriptor[] NO_STATE = {};

    /** What it is called, in the job and on the control topic. */
    static final String UID = "gather";

    private final Outside outside;
    private transient Versions versions;
    private transient Map<Integer, EnsembleSpec> specs;
    private transient Predictors predictors;
    private transient PredictionEncoder encoder;
    private transient TreeMap<Integer, Fusing> fusings;
    private transient Fusing newest;
    private transient MapState<Long, Gathering> gathered;
    private transient Counter lateAnswers;
    private transient PredictionMetrics metrics;
    private transient BitSet unheard;
    private transient boolean begun;
    private transient long sinceMillis;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    Gather(Outside outside) {
        this.outside = outside;
    }

    @Override
    public void open(OpenContext context) {
        specs = new ConcurrentHashMap<>();
        predictors = new Predictors();
        encoder = new PredictionEncoder();
        fusings = new TreeMap<>();
        gathered = getRuntimeContext().getMapState(GATHERED);
        versions = outside.versions(UID, getRuntimeContext());
        EnsembleSpec first = versions.first();
        EnsembleSpec before = versions.beforeFirst();
        unheard = new BitSet();
        unheard.set(0, first.slots().groups().size());
        if (before != null) {
            fusings.put(before.version(), Fusing.of(before, predictors.add(before)));
        }
        newest = Fusing.of(first, predictors.add(first));
        fusings.put(first.version(), newest);
        register(first);
        try (WeightsFeed feed = outside.weights(first, UID, getRuntimeContext(), new UnregisteredMetricsGroup())) {
            feed.published(predictors::use);
        }
        versions.follow(new Following());
    }

    private void register(EnsembleSpec first) {
        PlaneMetrics plane = PlaneMetrics.of(getRuntimeContext().getMetricGroup(), first.ensemble());
        lateAnswers = plane.counter("late_answers_total");
        metrics = new PredictionMetrics(
                plane,
                () -> newest.predictor().weightsVersion(),
                () -> newest.spec().version());
        metrics.begin(first);
    }

    /** Versions that are published while this runs; called on their thread. */
    private final class Following implements Versions.Follower {
        @Override
        public void load(EnsembleSpec next) {
            specs.put(next.version(), next);
        }

        /** Events say by which version they are scored. */
        @Override
        public void use(EnsembleSpec next) {}

        @Override
        public void drop(EnsembleSpec next) {
            specs.remove(next.version());
        }
    }

    /** How a version fuses; the newest where it is not known any more, which can only be after a restart. */
    private Fusing fusing(int version) {
        if (newest.spec().version() == version) {
            return newest;
        }
        Fusing known = fusings.get(version);
        if (known != null) {
            return known;
        }
        EnsembleSpec published = version > newest.spec().version() ? specs.remove(version) : null;
        if (published == null) {
            return newest;
        }
        Fusing made = Fusing.of(published, predictors.add(published));
        // Events of the version before may still be on their way.
        int before = newest.spec().version();
        fusings.headMap(before).clear();
        predictors.forgetBefore(before);
        fusings.put(version, made);
        newest = made;
        metrics.begin(published);
        specs.keySet().removeIf(passed -> passed < version);
        return made;
    }

    @Override
    public void processElement(Part part, ReadOnlyContext context, Collector<EncodedPrediction> out) throws Exception {
        versions.requireFollowed();
        long now = context.currentProcessingTime();
        hear(part, now);
        if (part.specVersion() > newest.spec().version()) {
            versions.awaitLoaded(part.specVersion(), () -> specs.get(part.specVersion()));
        }
        Gathering known = gathered.get(part.position());
        Fusing fusing = fusing(known == null ? part.specVersion() : Math.max(part.specVersion(), known.specVersion()));
        Gathering after = with(part, known == null ? fusing.nothing() : fusing.by(known), fusing);
        if (after.hasLeft()) {
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
            context.timerService().registerProcessingTimeTimer(dueMillis(part.opened(), fusing));
        }
    }

    private static Gathering with(Part part, Gathering known, Fusing fusing) {
        if (part.opened() != null) {
            return known.of(part.opened());
        }
        return part.specVersion() == fusing.spec().version()
                ? known.with(part, fusing.places()[part.group()], fusing.spec().scoreWidth())
                : known.withAnotherVersions();
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

    private boolean isDue(Event event, Fusing fusing, long now) {
        return event.step() == null && dueMillis(event, fusing) <= now;
    }

    private long dueMillis(Event event, Fusing fusing) {
        return Math.max(event.arrivedMillis(), sinceMillis) + fusing.waitMillis();
    }

    private boolean isComplete(Gathering gathering) {
        return gathering.event() != null
                && gathering.answered() == fusing(gathering.specVersion()).places().length;
    }

    /** Whether it can leave: complete or due; a step once it is complete and the weights are as new as it asks for. */
    private boolean isReady(Gathering gathering, long now) {
        Event event = gathering.event();
        if (event == null || gathering.hasLeft()) {
            return false;
        }
        Fusing fusing = fusing(gathering.specVersion());
        return event.step() == null
                ? isComplete(gathering) || isDue(event, fusing, now)
                : isComplete(gathering)
                        && event.step().minWeightsVersion()
                                <= fusing.predictor().weightsVersion();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<EncodedPrediction> out) throws Exception {
        long now = Math.max(timestamp, context.currentProcessingTime());
        begin(now);
        leave(now, context.timerService(), out);
        for (Gathering waiting : gathered.values()) {
            Event event = waiting.event();
            if (event != null && event.step() == null && !waiting.hasLeft()) {
                // The timer was restored, and its event waits anew.
                context.timerService().registerProcessingTimeTimer(dueMillis(event, fusing(waiting.specVersion())));
            }
        }
    }

    @Override
    public void processBroadcastElement(Weights weights, Context context, Collector<EncodedPrediction> out)
            throws Exception {
        long before = newest.predictor().weightsVersion();
        predictors.use(weights);
        if (newest.predictor().weightsVersion() > before) {
            context.applyToKeyedState(GATHERED, (eventId, state) -> leave(context.currentProcessingTime(), null, out));
        }
    }

    /** Lets go what is ready of one id, in the order in which it came from each partition. */
    private void leave(long now, @Nullable TimerService timers, Collector<EncodedPrediction> out) throws Exception {
        List<Long> positions = new ArrayList<>(1);
        gathered.keys().forEach(positions::add);
        Collections.sort(positions);
        int blocked = -1;
        for (long position : positions) {
            Gathering known = gathered.get(position);
            Fusing fusing = fusing(known.specVersion());
            Gathering gathering = fusing.by(known);
            Event event = gathering.event();
            if (gathering.hasLeft()) {
                continue;
            }
            boolean isBlocked = Event.partition(position) == blocked;
            if (event == null || !isReady(gathering, now) || (isBlocked && !isDue(event, fusing, now))) {
                blocked = Event.partition(position);
                continue;
            }
            Fused fused = fusing.predictor()
                    .fuse(event, gathering.scores(), gathering.missing(), now, gathering.latencies(now));
            metrics.count(fused);
            out.collect(encoder.encode(fused));
            if (isComplete(gathering)) {
                gathered.remove(position);
            } else {
                gathered.put(position, gathering.left());
            }
            if (timers != null && positions.size() == 1) {
                timers.deleteProcessingTimeTimer(dueMillis(event, fusing));
            }
        }
    }

    @Override
    public void close() {
        if (versions != null) {
            versions.close();
        }
    }
}
