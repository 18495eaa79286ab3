package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records. What cannot be decoded becomes a dead letter and null values are counted and skipped. A registry that
 * does not answer is no fault of the record: it fails the task, which is started again and reads the record again.
 *
 * @param <T> what records are decoded to
 */
abstract class DecodeFunction<T> extends ProcessFunction<RawRecord, T> {

    private static final long serialVersionUID = 1L;

    /** Where dead letters go. */
    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

    private final ShippedSpec shipped;
    private final String stage;
    private transient @Nullable RecordReader reader;
    private transient Counter nulls = new SimpleCounter();
    private transient Counter deadLetters = new SimpleCounter();

    /**
     * A decoder.
     *
     * @param stage what dead letters call it
     */
    DecodeFunction(ShippedSpec shipped, String stage) {
        this.shipped = shipped;
        this.stage = stage;
    }

    /** Prepares for the given spec. */
    abstract void open(EnsembleSpec spec);

    /** The schema that records are resolved to; null to leave them as they were written. */
    abstract @Nullable Schema expected();

    /** Makes of a record what is passed on; null to pass on nothing. */
    abstract @Nullable T map(GenericRecord record, RawRecord raw, long nowMillis) throws UndecodableException;

    /** What a record without a value says; null if it says nothing and is skipped. */
    @Nullable
    T withdrawn(RawRecord raw) {
        return null;
    }

    @Override
    public void open(OpenContext context) {
        EnsembleSpec spec = shipped.unpack();
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        reader = new RecordReader(registry, expected());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        nulls = metrics.counter("nullValues");
        deadLetters = metrics.counter("deadLetters");
        open(spec);
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<T> out) {
        if (raw.value() == null) {
            T withdrawn = withdrawn(raw);
            if (withdrawn == null) {
                nulls.inc();
            } else {
                out.collect(withdrawn);
            }
            return;
        }
        if (reader == null) {
            throw new IllegalStateException("the decoder is not open");
        }
        try {
            T decoded =
                    map(reader.read(raw.value()), raw, context.timerService().currentProcessingTime());
            if (decoded != null) {
                out.collect(decoded);
            }
        } catch (UndecodableException e) {
            deadLetters.inc();
            context.output(DEAD_LETTERS, letter(raw, raw.value(), e.getMessage(), context));
        }
    }

    private DeadLetter letter(RawRecord raw, byte[] value, @Nullable String reason, Context context) {
        return DeadLetter.of(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                stage,
                reason == null ? "unknown" : reason,
                raw.key(),
                value,
                context.timerService().currentProcessingTime());
    }
}
