package io.tributary.benchmarks.pipeline;

import java.io.Serializable;
import java.util.List;

/**
 * What a pipeline is asked to do: read all of one topic, and write a record for each of its records to another.
 *
 * @param contender which pipeline
 * @param shape what the events look like
 * @param modelFiles the members' models, ONNX files
 * @param parallelism how many tasks share the work; the topics have as many partitions at least
 * @param batch the most events in one call of a model, for pipelines that have batches
 * @param bootstrap the broker
 * @param registryUrl the registry
 * @param input the topic with the events
 * @param output the topic for what comes of them; empty at the beginning
 * @param specFile the ensemble's spec, for Tributary
 * @param outputBytes how large the records are that the pipeline without scoring writes; 0 for the others
 */
public record PipelineCase(
        Contender contender,
        Shape shape,
        List<String> modelFiles,
        int parallelism,
        int batch,
        String bootstrap,
        String registryUrl,
        String input,
        String output,
        String specFile,
        int outputBytes)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
