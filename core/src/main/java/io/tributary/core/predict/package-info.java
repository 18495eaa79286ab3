/** From the members' scores of an event to its prediction, with the newest weights. */
@NullMarked
package io.tributary.core.predict;

import org.jspecify.annotations.NullMarked;
