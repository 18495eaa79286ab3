/** What a user would write without Tributary: the same members called from plain Flink and Kafka Streams jobs. */
@NullMarked
package io.tributary.benchmarks.alternatives;

import org.jspecify.annotations.NullMarked;
