package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.predict.EventScores;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/**
 * Has the members of one slot group score events, on threads of theirs. The task thread never waits for a member, except when all of them are behind: then it runs the mailbox before it begins another batch, which is how Flink's
 * backpressure begins.
 *
 * <p>Events that have not been emitted are in the checkpoint and are scored again after a restore, their deadlines counted
 * anew. Batches leave in the order in which their events came. When another version of the spec takes over, what the one
 * before has been given leaves first.
 *
 * @param <OUT> what becomes of an event
 */
abstract class MemberOperator<OUT> extends AbstractStreamOperator<OUT> {

    private static final long serialVersionUID = 1L;

    private final Outside outside;
    private final int group;
    private final String uid;
    private final transient MailboxExecutor mailbox;

    private transient Versions versions;
    private transient MemberMetrics metrics;
    private transient ListState<Event> unemitted;
    private transient List<Event> restored;
    private transient MemberLoader loader;
    private transient @Nullable Scorers scorers;
    private transient NavigableMap<Integer, Loaded> loaded;
    private transient boolean finishing;
    private transient volatile boolean closed;

    /** A version whose members are open beside those in use. */
    private record Loaded(EnsembleSpec whole, EnsembleSpec ofGroup, MemberThreads members) {}

    /**
     * An operator for the members of one slot group.
     *
     * @param group its index in the spec
     * @param uid what it is called
     */
    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    MemberOperator(
            StreamOperatorParameters<OUT> parameters, Outside outside, int group, String uid, MailboxExecutor mailbox) {
        super(parameters);
        this.outside = outside;
        this.group = group;
        this.uid = uid;
        this.mailbox = mailbox;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        unemitted = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("unemitted-events", TypeInformation.of(Event.class)));
        restored = new ArrayList<>();
        if (context.isRestored()) {
            unemitted.get().forEach(restored::add);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        loaded = new ConcurrentSkipListMap<>();
        versions = outside.versions(uid, getRuntimeContext());
        EnsembleSpec first = versions.first();
        SlotGroup slotGroup = first.slots().groups().get(group);
        try {
            Set<Integer> gpus = outside.gpus(slotGroup, getRuntimeContext());
            loader = outside.members().onGpus(gpus);
            PlaneMetrics plane = PlaneMetrics.of(getMetricGroup(), first.ensemble());
            metrics = new MemberMetrics(plane, loader, !gpus.isEmpty(), this::scorers);
            use(load(first));
        } catch (MemberException e) {
            // Trying again would fail again: the model is what it is.
            throw new SuppressRestartsException(e);
        }
        begin(first);
        versions.follow(new Following());
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (Event event : restored) {
            requireSameFeatures(event);
            admit(event.arrivedAt(now).scoredBy(version()));
        }
        restored = List.of();
    }

    private Loaded load(EnsembleSpec whole) {
        EnsembleSpec ofGroup = whole.only(whole.slots().groups().get(group));
        return new Loaded(whole, ofGroup, MemberThreads.open(ofGroup, loader));
    }

    private void use(Loaded next) {
        Batching batching = new Batching(next.ofGroup, next.members, mailbox, getProcessingTimeService(), this::emit);
        if (finishing) {
            batching.finishing();
        }
        scorers = new Scorers(next.ofGroup, next.members, batching, new EventScores(next.ofGroup));
        metrics.use(scorers);
    }

    /** Versions that are published while this runs; called on their thread. */
    private final class Following implements Versions.Follower {
        @Override
        public void load(EnsembleSpec next) {
            Loaded before = loaded.put(next.version(), MemberOperator.this.load(next));
            if (before != null) {
                before.members.close();
            }
            if (closed) {
                // It took longer than the task was there.
                drop(next);
            }
        }

        @Override
        public void use(EnsembleSpec next) {
            committed(next);
        }

        @Override
        public void drop(EnsembleSpec next) {
            Loaded dropped = loaded.remove(next.version());
            if (dropped != null) {
                dropped.members.close();
            }
        }
    }

    final Outside outside() {
        return outside;
    }

    final MailboxExecutor mailbox() {
        return mailbox;
    }

    /** A version has been committed; called on another thread than the task's. */
    void committed(EnsembleSpec next) {}

    /** The version by which an event is to be scored: the one that scores, or a newer one that is loaded. */
    abstract int versionFor(Event event);

    /** Lets another version score from here on: what the one before has been given leaves first. */
    private void switchTo(int version) throws Exception {
        Loaded next = versions.awaitLoaded(version, () -> loaded.remove(version));
        Scorers before = scorers();
        before.batching().drain();
        use(next);
        begin(next.whole);
        // Versions that were committed and never met an event are passed over.
        Map<Integer, Loaded> passed = loaded.headMap(version);
        List<MemberThreads> unused = new ArrayList<>(List.of(before.members()));
        passed.values().forEach(each -> unused.add(each.members));
        passed.clear();
        Thread closing = new Thread(() -> unused.forEach(MemberThreads::close), "close-before-version-" + version);
        closing.setDaemon(true);
        closing.start();
    }

    /** The version that scores. */
    final int version() {
        return scorers().spec().version();
    }

    final Scorers scorers() {
        if (scorers == null) {
            throw new IllegalStateException("the operator is not open");
        }
        return scorers;
    }

    /** Gets ready for the first event of a version; its members are open. */
    void begin(EnsembleSpec whole) throws Exception {}

    /** Takes an event that is to be scored. */
    void admit(Event event) throws Exception {
        add(event);
    }

    /** Passes on what the members said of an event. */
    abstract void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis);

    /** The events in a checkpoint are prepared already, for the features of the spec they were read under. */
    private void requireSameFeatures(Event event) {
        EnsembleSpec spec = scorers().spec();
        int width = spec.features().width();
        if (event.features().length != width) {
            throw new SuppressRestartsException(new IllegalStateException("the saved state of " + spec.ensemble()
                    + " holds " + restored.size() + " unscored events with " + event.features().length
                    + " feature columns, the spec now has " + width
                    + "; run the former spec until they are scored, then change the features"));
        }
    }

    private void emit(ScoreBatch batch) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        EventScores answers = scorers().answers();
        long[] tookMicros = {};
        for (int row = 0; row < batch.size(); row++) {
            batch.answersInto(answers, row);
            Event event = batch.events().get(row);
            Prediction.Latencies latencies = batch.times().latencies(event, System.nanoTime());
            emit(event, answers, latencies, now);
            tookMicros = latencies.tookMicros();
        }
        metrics.left(batch.size(), tookMicros);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Event> events = new ArrayList<>();
        scorers().batching().eventsInto(events);
        waitingInto(events);
        unemitted.update(events);
    }

    /** Adds the events that have been admitted and are in no batch yet. */
    void waitingInto(Collection<? super Event> events) {}

    /** Hands what has been gathered to the members. */
    void dispatch() {
        scorers().batching().dispatch();
    }

    /** Waits for the members, up to the deadline. */
    @Override
    public void finish() throws Exception {
        finishing = true;
        scorers().batching().finishing();
        admitWaiting();
        scorers().batching().drain();
        super.finish();
    }

    /** Puts what {@link #waitingInto} lists into batches, whatever it waits for. */
    void admitWaiting() throws Exception {}

    /** Takes an event into a batch, first waiting for room if the members are behind. */
    void add(Event event) throws Exception {
        versions.requireFollowed();
        int version = versionFor(event);
        if (version > version()) {
            switchTo(version);
        }
        scorers().batching().add(event);
    }

    @Override
    public void close() throws Exception {
        try {
            if (versions != null) {
                versions.close();
            }
        } finally {
            closed = true;
            closeMembers();
            super.close();
        }
    }

    private void closeMembers() {
        if (loaded != null) {
            loaded.values().forEach(each -> each.members.close());
        }
        if (scorers != null) {
            scorers.members().close();
        }
    }
}
