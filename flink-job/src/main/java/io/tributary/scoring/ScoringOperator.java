package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.predict.EventScores;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Scores events and fuses the scores, where all members run in one slot: once all have answered, or from those that have
 * when the deadline has come. Predictions leave in the order in which their events came.
 */
final class ScoringOperator extends MemberOperator<Prediction>
        implements TwoInputStreamOperator<Event, Weights, Prediction>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    /** What it is called, in the job and on the control topic. */
    static final String UID = "score";

    private transient Predictors predictors;
    private transient Predictor predictor;
    private transient volatile int committed;
    private transient Deque<Event> held;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    ScoringOperator(StreamOperatorParameters<Prediction> parameters, Outside outside, MailboxExecutor mailbox) {
        super(parameters, outside, 0, UID, mailbox);
        this.held = new ArrayDeque<>();
        this.predictors = new Predictors();
    }

    @Override
    public void open() throws Exception {
        getMetricGroup().gauge("weightsVersion", () -> predictor.weightsVersion());
        getMetricGroup().gauge("specVersion", this::version);
        super.open();
    }

    @Override
    void begin(EnsembleSpec whole) {
        boolean isFirst = predictor == null;
        predictor = predictors.add(whole);
        predictors.forgetBefore(whole.version());
        if (isFirst) {
            InitialWeights.published(whole, predictors::use);
        }
    }

    @Override
    void committed(EnsembleSpec next) {
        committed = next.version();
    }

    /** All that an event meets is in this operator, so it may switch before any. */
    @Override
    int versionFor(Event event) {
        return committed;
    }

    @Override
    public void processElement1(StreamRecord<Event> record) throws Exception {
        admit(record.getValue());
    }

    @Override
    public void processElement2(StreamRecord<Weights> record) throws Exception {
        predictors.use(record.getValue());
        while (!held.isEmpty() && isCovered(held.peek())) {
            add(held.poll());
        }
    }

    /** Holds an event back while it asks for newer weights, and all after it, so that the order stays. */
    @Override
    void admit(Event event) throws Exception {
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

    @Override
    void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis) {
        output.collect(
                new StreamRecord<>(predictor.predict(event, said.scores(), said.missing(), nowMillis, latencies)));
    }

    @Override
    void waitingInto(Collection<? super Event> events) {
        events.addAll(held);
    }

    @Override
    public void endInput(int inputId) {
        if (inputId == 1) {
            dispatch();
        }
    }

    /** With the weights there are. */
    @Override
    void admitWaiting() throws Exception {
        while (!held.isEmpty()) {
            add(held.poll());
        }
    }
}
