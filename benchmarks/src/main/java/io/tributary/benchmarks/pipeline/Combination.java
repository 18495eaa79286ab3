package io.tributary.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * What pipelines are compared on.
 *
 * @param shape what the events look like
 * @param members how many models score each event
 * @param parallelism how many tasks share the work
 * @param batch the most events in a batch
 */
public record Combination(Shape shape, int members, int parallelism, int batch) {

    /** The spec's default. */
    public static final int DEFAULT_BATCH = 64;

    /** How many members there are where something else is varied. */
    static final int FEW = 3;

    String label() {
        return shape.label() + ", " + members + (members == 1 ? " member" : " members") + ", parallelism " + parallelism
                + (batch == DEFAULT_BATCH ? "" : ", batch " + batch);
    }

    /** All that a whole run measures: over the members and the parallelism, and over the batch at three members. */
    static List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int parallelism : List.of(1, 2)) {
                for (int members : List.of(1, 3, 8, 16)) {
                    all.add(new Combination(shape, members, parallelism, DEFAULT_BATCH));
                }
            }
            for (int batch : List.of(1, 8, 32, 128)) {
                all.add(new Combination(shape, FEW, 1, batch));
            }
        }
        return all;
    }

    /** The one of a quick run. */
    static Combination quick() {
        return new Combination(Shape.FRAUD, FEW, 1, DEFAULT_BATCH);
    }
}
