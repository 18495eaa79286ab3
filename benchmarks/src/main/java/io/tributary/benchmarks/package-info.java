/** Microbenchmarks of the pieces that run for every event, for JMH, and a check of models on a GPU. */
@NullMarked
package io.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
