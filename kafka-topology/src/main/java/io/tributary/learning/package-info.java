/** The learning plane: joins outcomes to predictions, and learns and measures from what comes of it, on Kafka Streams. */
@NullMarked
package io.tributary.learning;

import org.jspecify.annotations.NullMarked;
