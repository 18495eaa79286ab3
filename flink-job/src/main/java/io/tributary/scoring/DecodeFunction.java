package io.tributary.scoring;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * {@link Decoding} as an operator.
 *
 * @param <T> what records are decoded to
 */
abstract class DecodeFunction<T> extends ProcessFunction<RawRecord, T> {

    private static final long serialVersionUID = 1L;

    private final ShippedSpec shipped;
    private final String stage;
    private transient @Nullable Decoding<T> decoding;

    /**
     * A decoder.
     *
     * @param stage what dead letters call it
     */
    DecodeFunction(ShippedSpec shipped, String stage) {
        this.shipped = shipped;
        this.stage = stage;
    }

    /** How records are read by the given spec. */
    abstract Decoding.Reading<T> reading(EnsembleSpec spec, SchemaRegistry registry);

    @Override
    public void open(OpenContext context) {
        EnsembleSpec spec = shipped.unpack();
        decoding = new Decoding<>(
                stage,
                PlaneMetrics.of(getRuntimeContext().getMetricGroup(), spec.ensemble()),
                reading(
                        spec,
                        new SchemaRegistry(
                                spec.registry().url(), spec.registry().properties())));
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<T> out) {
        if (decoding == null) {
            throw new IllegalStateException("the decoder is not open");
        }
        T decoded = decoding.decode(
                raw,
                context.timerService().currentProcessingTime(),
                letter -> context.output(Decoding.DEAD_LETTERS, letter));
        if (decoded != null) {
            out.collect(decoded);
        }
    }

    @Override
    public void close() {
        if (decoding != null) {
            decoding.close();
        }
    }
}
