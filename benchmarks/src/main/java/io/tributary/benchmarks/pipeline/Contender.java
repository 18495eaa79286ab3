package io.tributary.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    /** The same in batches that each subtask fills for itself, of as many records as a batch may have. */
    FLINK_BATCHES("Flink batches with DJL", AlternativePipelines::flinkBatches),
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

    /**
     * Whose turn it is when: each round another begins, so that what a contender leaves behind hits all of them alike. No
     * scoring is not among them, for it follows Tributary, whose sizes it needs.
     *
     * @param turn the round, from 0
     */
    static List<Contender> order(int turn) {
        List<Contender> order = new ArrayList<>(
                Arrays.stream(values()).filter(each -> each != PASSTHROUGH).toList());
        Collections.rotate(order, -turn);
        return order;
    }

    /** A pipeline that has not been started. */
    Pipeline make() {
        return maker.get();
    }
}
