package io.tributary.benchmarks.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The pipelines that are compared. */
public enum Contender {
    /** This product. */
    TRIBUTARY("Tributary", TributaryPipeline::new),
    /** No scoring: what reading and writing cost, and so part of the bound. */
    PASSTHROUGH("no scoring", PassthroughPipeline::new),
    /** Flink's {@code map}, a record at a time, with a DJL predictor a model. */
    FLINK_MAP("Flink map with DJL", AlternativePipelines::flinkMap),
    /** The same for as many records at once as a batch may have. */
    FLINK_COUNT_WINDOW("Flink count window with DJL", AlternativePipelines::flinkCountWindow),
    /** A processor of Kafka Streams, a record at a time, with a session of ONNX Runtime a model. */
    KAFKA_STREAMS("Kafka Streams with ONNX Runtime", AlternativePipelines::kafkaStreams);

    private final String label;
    private final Supplier<Pipeline> maker;

    Contender(String label, Supplier<Pipeline> maker) {
        this.label = label;
        this.maker = maker;
    }

    /** What it is called in tables. */
    public String label() {
        return label;
    }

    /** What one would write instead of this product. */
    static List<Contender> alternatives() {
        return Arrays.stream(values())
                .filter(each -> each != TRIBUTARY && each != PASSTHROUGH)
                .toList();
    }

    /** A pipeline that has not been started. */
    Pipeline make() {
        return maker.get();
    }
}
