/** Microbenchmarks of the pieces that run for every event, for JMH. */
@NullMarked
package io.tributary.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
