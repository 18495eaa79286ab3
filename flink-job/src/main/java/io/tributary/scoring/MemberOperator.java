package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.member.MemberException;
import io.tributary.core.predict.EventScores;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Has the members of one slot group score events, each on a thread of its own. The task thread never waits for a member,
 * except when all of them are behind: then it runs the mailbox before it begins another batch, which is how Flink's
 * backpressure begins.
 *
 * <p>Events that have not been emitted are in the checkpoint and are scored again after a restore, their deadlines counted
 * anew. Batches leave in the order in which their events came.
 *
 * @param <OUT> what becomes of an event
 */
abstract class MemberOperator<OUT> extends AbstractStreamOperator<OUT> {

    private static final long serialVersionUID = 1L;

    private final ShippedSpec shipped;
    private final int group;
    private final MemberSource memberSource;
    private final transient MailboxExecutor mailbox;

    private transient EnsembleSpec spec;
    private transient MemberThreads members;
    private transient Batching batching;
    private transient List<Event> restored;
    private transient ListState<Event> unemitted;
    private transient EventScores answers;
    private transient Counter[] missed;

    /**
     * An operator for the members of one slot group.
     *
     * @param group its index in the spec
     */
    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    MemberOperator(
            StreamOperatorParameters<OUT> parameters,
            ShippedSpec shipped,
            int group,
            MemberSource memberSource,
            MailboxExecutor mailbox) {
        super(parameters);
        this.shipped = shipped;
        this.group = group;
        this.memberSource = memberSource;
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
        EnsembleSpec whole = shipped.unpack();
        SlotGroup slotGroup = whole.slots().groups().get(group);
        spec = whole.only(slotGroup);
        answers = new EventScores(spec);
        Set<Integer> gpus = slotGroup.needsGpu() ? memberSource.gpus(getRuntimeContext()) : Set.of();
        getMetricGroup().gauge("onGpu", () -> gpus.isEmpty() ? 0 : 1);
        try {
            requireGpu(slotGroup, gpus);
            members = MemberThreads.open(spec, memberSource.loader().onGpus(gpus));
        } catch (MemberException e) {
            // Trying again would fail again: the model is what it is.
            throw new SuppressRestartsException(e);
        }
        batching = new Batching(spec, members, mailbox, getProcessingTimeService(), this::emit);
        missed = counters();
        begin(whole);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (Event event : restored) {
            requireSameFeatures(event);
            admit(event.arrivedAt(now));
        }
        restored = List.of();
    }

    private static void requireGpu(SlotGroup group, Set<Integer> gpus) {
        if (group.needsGpu() && gpus.isEmpty()) {
            throw new MemberException("slot group " + group.name() + " needs a GPU, and its TaskManager's driver of the"
                    + " external resource " + MemberSource.GPU + " names none with an index; see its log");
        }
    }

    /** Gets ready for the first event; the members are open. */
    void begin(EnsembleSpec whole) throws Exception {}

    /** Takes an event that is to be scored. */
    void admit(Event event) throws Exception {
        add(event);
    }

    /** Passes on what the members said of an event. */
    abstract void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis);

    /** The events in a checkpoint are prepared already, for the features of the spec they were read under. */
    private void requireSameFeatures(Event event) {
        int width = spec.features().width();
        if (event.features().length != width) {
            throw new SuppressRestartsException(new IllegalStateException("the saved state of " + spec.ensemble()
                    + " holds " + restored.size() + " unscored events with " + event.features().length
                    + " feature columns, the spec now has " + width
                    + "; run the former spec until they are scored, then change the features"));
        }
    }

    private Counter[] counters() {
        Counter[] counters = new Counter[spec.members().size()];
        for (int k = 0; k < counters.length; k++) {
            int member = k;
            MetricGroup own =
                    getMetricGroup().addGroup("member", spec.members().get(k).name());
            counters[k] = own.counter("missing", new SimpleCounter());
            own.gauge("lateAnswers", () -> members.lateAnswers(member));
            own.gauge("putAside", () -> batching.isAside(member) ? 1 : 0);
        }
        return counters;
    }

    private void emit(ScoreBatch batch) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (int row = 0; row < batch.size(); row++) {
            for (int k = 0; k < missed.length; k++) {
                if (answers.take(k, batch.scoresOf(k), row, batch.failureOf(k, row)) != null) {
                    missed[k].inc();
                }
            }
            Event event = batch.events().get(row);
            emit(event, answers, batch.times().latencies(event, System.nanoTime()), now);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Event> events = new ArrayList<>();
        batching.eventsInto(events);
        waitingInto(events);
        unemitted.update(events);
    }

    /** Adds the events that have been admitted and are in no batch yet. */
    void waitingInto(Collection<? super Event> events) {}

    /** Hands what has been gathered to the members. */
    void dispatch() {
        batching.dispatch();
    }

    /** Waits for the members, up to the deadline. */
    @Override
    public void finish() throws Exception {
        batching.finishing();
        admitWaiting();
        batching.drain();
        super.finish();
    }

    /** Puts what {@link #waitingInto} lists into batches, whatever it waits for. */
    void admitWaiting() throws Exception {}

    /** Takes an event into a batch, first waiting for room if the members are behind. */
    void add(Event event) throws Exception {
        batching.add(event);
    }

    /** The open members, for tests. */
    MemberThreads members() {
        return members;
    }

    @Override
    public void close() throws Exception {
        if (members != null) {
            members.close();
        }
        super.close();
    }
}
