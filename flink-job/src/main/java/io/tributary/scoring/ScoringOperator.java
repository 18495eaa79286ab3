package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.predict.EventScores;
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
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores events and fuses the scores, where all members run in one slot: once all have answered, or from those that have
 * when the deadline has come. Predictions leave in the order in which their events came.
 */
final class ScoringOperator extends MemberOperator<EncodedPrediction>
        implements MultipleInputStreamOperator<EncodedPrediction>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    /** What it is called, in the job and on the control topic. */
    static final String UID = "score";

    /** Its inputs, as Flink and {@link #endInput} count them. */
    static final int EVENTS = 1;

    static final int WEIGHTS = 2;

    private final transient Intake intake;
    private transient Predictors predictors;
    private transient Predictor predictor;
    private final transient PredictionEncoder encoder = new PredictionEncoder();
    private final transient StreamRecord<EncodedPrediction> emitted =
            new StreamRecord<>(new EncodedPrediction(new byte[0], new byte[0]));
    private transient volatile int committed;
    private transient Deque<Event> held;
    private transient @Nullable Decoding<Event> decoding;
    private transient Consumer<DeadLetter> refused;

    /** What its first input is. */
    enum Intake {
        /** Records as they were read, which it decodes: their source is in the same task, and so nothing is serialised. */
        RECORDS,
        /** Events that were decoded before. */
        EVENTS
    }

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    ScoringOperator(
            StreamOperatorParameters<EncodedPrediction> parameters,
            Outside outside,
            Intake intake,
            MailboxExecutor mailbox) {
        super(parameters, outside, 0, UID, mailbox);
        this.intake = intake;
        this.held = new ArrayDeque<>();
        this.predictors = new Predictors();
    }

    @Override
    public void open() throws Exception {
        getMetricGroup().gauge("weightsVersion", () -> predictor.weightsVersion());
        getMetricGroup().gauge("specVersion", this::version);
        refused = letter -> output.collect(Decoding.DEAD_LETTERS, new StreamRecord<>(letter));
        if (intake == Intake.RECORDS) {
            EnsembleSpec spec = outside().spec().unpack();
            SchemaRegistry registry =
                    new SchemaRegistry(spec.registry().url(), spec.registry().properties());
            decoding = new Decoding<>(EventReading.STAGE, getMetricGroup(), EventReading.reusingTheRow(spec, registry));
        }
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
    @SuppressWarnings("rawtypes") // As the interface has it.
    public List<Input> getInputs() {
        Input<?> events = intake == Intake.RECORDS ? new InputOf<>(this::decode) : new InputOf<>(this::admit);
        return List.of(events, new InputOf<>(this::use));
    }

    /** One of its inputs; nothing here goes by watermarks or keys. */
    private final class InputOf<T> implements Input<T> {
        private final ThrowingConsumer<T, Exception> taking;

        InputOf(ThrowingConsumer<T, Exception> taking) {
            this.taking = taking;
        }

        @Override
        public void processElement(StreamRecord<T> element) throws Exception {
            taking.accept(element.getValue());
        }

        @Override
        public void processWatermark(Watermark mark) {}

        @Override
        public void processWatermarkStatus(WatermarkStatus status) {}

        @Override
        public void processLatencyMarker(LatencyMarker marker) {
            reportOrForwardLatencyMarker(marker);
        }

        @Override
        public void setKeyContextElement(StreamRecord<T> element) {}
    }

    private void decode(RawRecord raw) throws Exception {
        if (decoding == null) {
            throw new IllegalStateException("the operator is not open");
        }
        Event event = decoding.decode(raw, getProcessingTimeService().getCurrentProcessingTime(), refused);
        if (event != null) {
            admit(event);
        }
    }

    private void use(Weights weights) throws Exception {
        predictors.use(weights);
        while (!held.isEmpty() && isCovered(held.peek())) {
            add(held.poll());
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

    /** Whether the weights in use are as new as the event asks for. */
    private boolean isCovered(Event event) {
        return event.step() == null || event.step().minWeightsVersion() <= predictor.weightsVersion();
    }

    @Override
    public void close() throws Exception {
        if (decoding != null) {
            decoding.close();
        }
        super.close();
    }

    @Override
    void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis) {
        output.collect(emitted.replace(
                encoder.encode(predictor.fuse(event, said.scores(), said.missing(), nowMillis, latencies))));
    }

    @Override
    void waitingInto(Collection<? super Event> events) {
        events.addAll(held);
    }

    @Override
    public void endInput(int inputId) {
        if (inputId == EVENTS) {
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
