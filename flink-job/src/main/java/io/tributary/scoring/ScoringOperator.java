package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.member.MemberException;
import io.tributary.core.predict.EventScores;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers events into batches, has every member score them on a thread of its own, and fuses the scores once all members
 * have answered, or from those that have once the deadline of its first event has come. The task thread never waits for a
 * member, except when too many batches are on their way: then it runs the mailbox before it begins another, which is how
 * Flink's backpressure begins.
 *
 * <p>A batch is handed to the members when it is full, when its first event has lingered long enough, and at the end of
 * input. Events that have not been emitted are in the checkpoint and are scored again after a restore, their deadlines
 * counted anew. Predictions leave in the order in which their events came. The steps of a replay in lockstep have no
 * deadline, for what comes of them shall not depend on the machine.
 */
final class ScoringOperator extends AbstractStreamOperator<Prediction>
        implements TwoInputStreamOperator<Event, Weights, Prediction>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    /** Enough for the members to work while the task thread fuses and fills; more would only add waiting. */
    private static final int MAX_BATCHES_IN_FLIGHT = 4;

    /** More of the step will come; only when its player has died does this matter. */
    private static final Duration LINGER_IN_A_STEP = Duration.ofSeconds(30);

    private final ShippedSpec shipped;
    private final MemberSource memberSource;
    private final transient MailboxExecutor mailbox;

    private transient EnsembleSpec spec;
    private transient Predictor predictor;
    private transient MemberThreads members;
    private transient ScoreBatch filling;
    private transient BatchesInFlight inFlight;
    private transient Deque<Event> held;
    private transient List<Event> restored;
    private transient ListState<Event> unemitted;
    private transient EventScores answers;
    private transient Counter[] missed;
    private transient long batchNumber;
    private transient boolean finishing;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    ScoringOperator(
            StreamOperatorParameters<Prediction> parameters,
            ShippedSpec shipped,
            MemberSource memberSource,
            MailboxExecutor mailbox) {
        super(parameters);
        this.shipped = shipped;
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
        spec = shipped.unpack();
        predictor = new Predictor(spec);
        held = new ArrayDeque<>();
        answers = new EventScores(spec);
        try {
            members = MemberThreads.open(spec, memberSource.loader());
        } catch (MemberException e) {
            // Trying again would fail again: the model is what it is.
            throw new SuppressRestartsException(e);
        }
        inFlight = new BatchesInFlight(spec, members, mailbox, getProcessingTimeService(), this::emit);
        missed = counters();
        filling = inFlight.emptyBatch();
        InitialWeights.read(spec, predictor::use);
        for (Event event : restored) {
            requireSameFeatures(event);
            admit(event);
        }
        restored = List.of();
    }

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
        MetricGroup group = getMetricGroup();
        group.gauge("weightsVersion", predictor::weightsVersion);
        Counter[] counters = new Counter[spec.members().size()];
        for (int k = 0; k < counters.length; k++) {
            int member = k;
            MetricGroup own = group.addGroup("member", spec.members().get(k).name());
            counters[k] = own.counter("missing", new SimpleCounter());
            own.gauge("lateAnswers", () -> members.lateAnswers(member));
            own.gauge("putAside", () -> inFlight.isAside(member) ? 1 : 0);
        }
        return counters;
    }

    @Override
    public void processElement1(StreamRecord<Event> record) throws Exception {
        admit(record.getValue());
    }

    @Override
    public void processElement2(StreamRecord<Weights> record) throws Exception {
        predictor.use(record.getValue());
        while (!held.isEmpty() && isCovered(held.peek())) {
            add(held.poll());
        }
    }

    /** Holds an event back while it asks for newer weights, and all after it, so that the order stays. */
    private void admit(Event event) throws Exception {
        if (!held.isEmpty() || !isCovered(event)) {
            held.add(event);
        } else {
            add(event);
        }
    }

    /** Whether the weights in use are as new as the event asks for. */
    private boolean isCovered(Event event) {
        return event.step() == null || event.step().minWeightsVersion() <= predictor.weightsVersion();
    }

    private void add(Event event) throws Exception {
        if (!filling.isEmpty() && filling.hasDeadline() != (event.step() == null)) {
            // Those of a replay in lockstep and others do not share a batch.
            dispatch();
        }
        if (filling.isEmpty()) {
            inFlight.awaitAtMost(MAX_BATCHES_IN_FLIGHT - 1);
            long now = getProcessingTimeService().getCurrentProcessingTime();
            filling.begin(event.step() == null ? now : ScoreBatch.NEVER);
            lingerTimer(event.step() == null ? spec.batch().linger() : LINGER_IN_A_STEP);
        }
        filling.add(event);
        if (filling.isFull() || (event.step() != null && event.step().isLast())) {
            dispatch();
        }
    }

    /** No timers fire once input has ended; what is left is then dispatched at once. */
    private void lingerTimer(Duration linger) {
        if (finishing) {
            return;
        }
        long number = batchNumber;
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + linger.toMillis(), time -> {
            if (number == batchNumber) {
                dispatch();
            }
        });
    }

    private void dispatch() {
        if (filling.isEmpty()) {
            return;
        }
        ScoreBatch batch = filling;
        batchNumber++;
        filling = inFlight.emptyBatch();
        inFlight.dispatch(batch);
    }

    private void emit(ScoreBatch batch) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (int row = 0; row < batch.events().size(); row++) {
            for (int k = 0; k < missed.length; k++) {
                if (answers.take(k, batch.scoresOf(k), row, batch.failureOf(k, row)) != null) {
                    missed[k].inc();
                }
            }
            Event event = batch.events().get(row);
            output.collect(new StreamRecord<>(predictor.predict(event, answers.scores(), answers.missing(), now)));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Event> events = new ArrayList<>();
        inFlight.eventsInto(events);
        events.addAll(filling.events());
        events.addAll(held);
        unemitted.update(events);
    }

    @Override
    public void endInput(int inputId) {
        if (inputId == 1) {
            dispatch();
        }
    }

    /** Waits for the members, up to the deadline, with the weights there are. */
    @Override
    public void finish() throws Exception {
        finishing = true;
        inFlight.finish();
        while (!held.isEmpty()) {
            add(held.poll());
        }
        dispatch();
        inFlight.awaitAtMost(0);
        super.finish();
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
