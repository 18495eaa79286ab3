/** The parts of a run on one machine: a Kafka broker, a schema registry, and the folder that holds all their files. */
@NullMarked
package io.tributary.app.embedded;

import org.jspecify.annotations.NullMarked;
