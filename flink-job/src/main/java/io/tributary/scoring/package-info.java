/** The scoring plane: a Flink job that scores events with all members, fuses their scores and emits predictions. */
@NullMarked
package io.tributary.scoring;

import org.jspecify.annotations.NullMarked;
