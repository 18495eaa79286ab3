/** How labelled feedback moves the weights: losses, regrets and the learners that fold them. */
@NullMarked
package io.tributary.core.learn;

import org.jspecify.annotations.NullMarked;
