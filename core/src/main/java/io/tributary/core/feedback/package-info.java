/** How outcomes meet predictions: the rules of the join and the feedback it emits. */
@NullMarked
package io.tributary.core.feedback;

import org.jspecify.annotations.NullMarked;
