package io.tributary.benchmarks.alternatives;

import java.io.Serializable;
import java.util.List;

/**
 * What a job without Tributary is to do: score every event with every model and emit the mean of the scores.
 *
 * @param name what its consumer group and application are called
 * @param bootstrap Kafka's address
 * @param registry the root of the schema registry's Confluent-compatible API
 * @param events the topic with the events, Avro records in the Confluent wire format
 * @param predictions the topic for the predictions, records of {@link #PREDICTION}
 * @param eventSchema the Avro schema of the events, as JSON
 * @param id the field with the event's id, a string
 * @param columns the fields that all models read, in order, numbers that are never null
 * @param models the paths of the models' ONNX files
 * @param batch the most events that are scored at once, where a job does that
 * @param parallelism how many subtasks or threads score, where the environment does not say
 */
public record Wanted(
        String name,
        String bootstrap,
        String registry,
        String events,
        String predictions,
        String eventSchema,
        String id,
        List<String> columns,
        List<String> models,
        int batch,
        int parallelism)
        implements Serializable {

    /** How many bytes a producer sends at a time to one partition: as Tributary has it, for all that are compared. */
    public static final int PRODUCER_BATCH_BYTES = 64 << 10;

    /** The Avro schema of what is emitted: the mean score, one number or one a class. */
    public static final String PREDICTION = """
            {"type": "record", "name": "Prediction", "namespace": "io.tributary.benchmarks", "fields": [
              {"name": "event_id", "type": "string"},
              {"name": "scores", "type": {"type": "array", "items": "double"}}]}""";

    /** Copies the lists into such that Java's serialization knows. */
    public Wanted {
        columns = List.copyOf(columns);
        models = List.copyOf(models);
    }

    /** The subject of the predictions' schema in the registry: that of the topic may be another job's. */
    public String predictionSubject() {
        return name + "-prediction";
    }
}
