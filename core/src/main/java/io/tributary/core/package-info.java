/** The records that travel between the planes: events, predictions, weights, dead letters. */
@NullMarked
package io.tributary.core;

import org.jspecify.annotations.NullMarked;
