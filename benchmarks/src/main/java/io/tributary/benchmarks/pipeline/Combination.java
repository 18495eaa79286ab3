package io.tributary.benchmarks.pipeline;

/**
 * What pipelines are compared on.
 *
 * @param shape what the events look like
 * @param members how many models score each event
 * @param parallelism how many tasks share the work
 * @param batch the most events in a batch
 */
record Combination(Shape shape, int members, int parallelism, int batch) {

    /** The spec's default. */
    static final int DEFAULT_BATCH = 64;

    String label() {
        return shape.label() + ", " + members + (members == 1 ? " member" : " members") + ", parallelism " + parallelism
                + (batch == DEFAULT_BATCH ? "" : ", batch " + batch);
    }
}
