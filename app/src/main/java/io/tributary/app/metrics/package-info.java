/** What a run tells Prometheus: of its process, of both planes, and of Flink and Kafka Streams beneath them. */
@NullMarked
package io.tributary.app.metrics;

import org.jspecify.annotations.NullMarked;
