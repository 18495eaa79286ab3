package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.predict.EventScores;
import io.tributary.core.predict.Fused;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EncodedPrediction;
import io.tributary.schemas.PredictionEncoder;
import io.tributary.schemas.SchemaRegistry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Scores events and fuses the scores, where all members run in one slot: once all have answered, or from those that have
 * when the deadline has come. Predictions leave in the order in which their events came. Weights come by a feed of its own
 * and not as an input, for an operator with one input can be in one task with the source of its events.
 *
 * @param <IN> what it takes
 */
abstract sealed class ScoringOperator<IN> extends MemberOperator<EncodedPrediction>
        implements OneInputStreamOperator<IN, EncodedPrediction>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** What it is called, in the job and on the control topic. */
    static final String UID = "score";

    private transient Predictors predictors;
    private transient Predictor predictor;
    private transient PredictionMetrics metrics;
    private final transient PredictionEncoder encoder = new PredictionEncoder();
    private final transient StreamRecord<EncodedPrediction> emitted =
            new StreamRecord<>(new EncodedPrediction(new byte[0], new byte[0], null));
    private transient volatile int committed;
    private final transient Deque<Event> held = new ArrayDeque<>();
    private transient boolean admitting;
    private transient boolean finished;
    private transient @Nullable WeightsFeed feed;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    private ScoringOperator(
            StreamOperatorParameters<EncodedPrediction> parameters, Outside outside, MailboxExecutor mailbox) {
        super(parameters, outside, 0, UID, mailbox);
        this.predictors = new Predictors();
    }

    /** Takes events that were decoded before. */
    static final class OfEvents extends ScoringOperator<Event> {

        private static final long serialVersionUID = 1L;

        OfEvents(StreamOperatorParameters<EncodedPrediction> parameters, Outside outside, MailboxExecutor mailbox) {
            super(parameters, outside, mailbox);
        }

        @Override
        public void processElement(StreamRecord<Event> element) throws Exception {
            admit(element.getValue());
        }
    }

    /** Takes records as they were read and decodes them: nothing is serialised on the way from their source. */
    static final class OfRecords extends ScoringOperator<RawRecord> {

        private static final long serialVersionUID = 1L;

        private final transient Consumer<DeadLetter> refused = this::refuse;
        private transient @Nullable Decoding<Event> decoding;

        OfRecords(StreamOperatorParameters<EncodedPrediction> parameters, Outside outside, MailboxExecutor mailbox) {
            super(parameters, outside, mailbox);
        }

        @Override
        public void open() throws Exception {
            EnsembleSpec spec = outside().spec().unpack();
            SchemaRegistry registry =
                    new SchemaRegistry(spec.registry().url(), spec.registry().properties());
            PlaneMetrics plane = PlaneMetrics.of(getMetricGroup(), spec.ensemble());
            decoding = new Decoding<>(EventReading.STAGE, plane, EventReading.reusingTheRow(spec, registry));
            super.open();
        }

        @Override
        public void processElement(StreamRecord<RawRecord> element) throws Exception {
            if (decoding == null) {
                throw new IllegalStateException("the operator is not open");
            }
            long now = getProcessingTimeService().getCurrentProcessingTime();
            Event event = decoding.decode(element.getValue(), now, refused);
            if (event != null) {
                admit(event);
            }
        }

        @Override
        public void close() throws Exception {
            try {
                super.close();
            } finally {
                if (decoding != null) {
                    decoding.close();
                }
            }
        }
    }

    final void refuse(DeadLetter letter) {
        output.collect(Decoding.DEAD_LETTERS, new StreamRecord<>(letter));
    }

    @Override
    void begin(EnsembleSpec whole) {
        boolean isFirst = predictor == null;
        predictor = predictors.add(whole);
        predictors.forgetBefore(whole.version());
        if (isFirst) {
            PlaneMetrics plane = PlaneMetrics.of(getMetricGroup(), whole.ensemble());
            metrics = new PredictionMetrics(plane, () -> predictor.weightsVersion(), this::version);
            boolean isFirstSubtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
            feed = outside().weights(whole, UID, getRuntimeContext(), countsOfWeights(isFirstSubtask));
            feed.published(predictors::use);
            feed.follow(mailbox(), new Following(isFirstSubtask));
        }
        metrics.begin(whole);
    }

    /** Every subtask reads all weights, so one speaks for all of what cannot be read. */
    private MetricGroup countsOfWeights(boolean isFirstSubtask) {
        return isFirstSubtask ? getMetricGroup() : new UnregisteredMetricsGroup();
    }

    /** Weights that come while this runs. */
    private final class Following implements WeightsFeed.Follower {
        private final boolean isFirstSubtask;

        Following(boolean isFirstSubtask) {
            this.isFirstSubtask = isFirstSubtask;
        }

        @Override
        public void use(List<Weights> newer) throws Exception {
            if (!finished) {
                ScoringOperator.this.use(newer);
            }
        }

        @Override
        public void refuse(DeadLetter letter) {
            if (isFirstSubtask && !finished) {
                ScoringOperator.this.refuse(letter);
            }
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

    /** Takes weights, and lets go the events that have waited for them. */
    final void use(List<Weights> newer) throws Exception {
        newer.forEach(predictors::use);
        admitHeld(this::isCovered);
    }

    /**
     * Admits held events, first ones first. Each may wait for room and so run the mailbox, in which there may be weights
     * again: then the call that is under way goes on with what these let go.
     */
    private void admitHeld(Predicate<Event> which) throws Exception {
        if (admitting) {
            return;
        }
        admitting = true;
        try {
            while (!held.isEmpty() && which.test(held.peek())) {
                add(held.poll());
            }
        } finally {
            admitting = false;
        }
    }

    /** Holds an event back while it asks for newer weights, and all after it, so that the order stays. */
    @Override
    void admit(Event event) throws Exception {
        if (!held.isEmpty() || !isCovered(event)) {
            held.add(event.with(event.features().clone()));
        } else {
            add(event);
        }
    }

    /** Sinks take nothing any more, though weights may still come until the last checkpoint is done. */
    @Override
    public void finish() throws Exception {
        super.finish();
        finished = true;
    }

    /** Whether the weights in use are as new as the event asks for. */
    private boolean isCovered(Event event) {
        return event.step() == null || event.step().minWeightsVersion() <= predictor.weightsVersion();
    }

    @Override
    public void close() throws Exception {
        try {
            if (feed != null) {
                feed.close();
            }
        } finally {
            super.close();
        }
    }

    @Override
    void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis) {
        Fused fused = predictor.fuse(event, said.scores(), said.missing(), nowMillis, latencies);
        metrics.count(fused);
        output.collect(emitted.replace(encoder.encode(fused)));
    }

    @Override
    void waitingInto(Collection<? super Event> events) {
        events.addAll(held);
    }

    @Override
    public void endInput() {
        dispatch();
    }

    /** With the weights there are. */
    @Override
    void admitWaiting() throws Exception {
        admitHeld(event -> true);
    }
}
