/** Whole pipelines from Kafka to Kafka, beside what bounds them. */
@NullMarked
package io.tributary.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
