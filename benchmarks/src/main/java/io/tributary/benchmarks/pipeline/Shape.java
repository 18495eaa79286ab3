package io.tributary.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What events look like, and the models for them. */
public enum Shape {
    /** A payment: 30 numbers, two thirds of them doubles; members are small networks and boosted trees in turn. */
    FRAUD(30, 1, 1_000_000, List.of("mlp-30", "trees-30")),
    /** A small picture, 784 numbers in fields of their own; members tell ten classes apart. */
    IMAGE(784, 10, 150_000, List.of("mlp-784"));

    private final int features;
    private final int classes;
    private final int records;
    private final List<String> models;

    Shape(int features, int classes, int records, List<String> models) {
        this.features = features;
        this.classes = classes;
        this.records = records;
        this.models = models;
    }

    /** How many numbers an event has. */
    public int features() {
        return features;
    }

    /** How many numbers a member answers with: one a class, or one. */
    public int classes() {
        return classes;
    }

    /** How many events its topic has: more than the quickest pipeline reads while it is measured. */
    public int records() {
        return records;
    }

    /** The models' names; members take them in turn. */
    public List<String> models() {
        return models;
    }

    /** What it is called. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The schema of its events: {@code id}, {@code time}, and {@code f0} and so on. */
    public Schema schema() {
        Schema time = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("id", Schema.create(Schema.Type.STRING)));
        fields.add(new Schema.Field("time", time));
        for (int i = 0; i < features; i++) {
            boolean isDouble = this == FRAUD && i % 3 != 0;
            fields.add(new Schema.Field("f" + i, Schema.create(isDouble ? Schema.Type.DOUBLE : Schema.Type.FLOAT)));
        }
        return Schema.createRecord("Event", null, "io.tributary.benchmarks." + label(), false, fields);
    }

    /** The part of a spec that says what the events and the task are. */
    String specLines() {
        String task = classes == 1
                ? "task: binary"
                : "task: multiclass\nclasses: ["
                        + IntStream.range(0, classes).mapToObj(i -> "c" + i).collect(Collectors.joining(", "))
                        + "]";
        String names = IntStream.range(0, features).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
        return task + "\nfeatures: [" + names + "]";
    }
}
