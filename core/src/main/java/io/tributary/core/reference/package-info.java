/** What the two planes together must compute, said in plain Java. */
@NullMarked
package io.tributary.core.reference;

import org.jspecify.annotations.NullMarked;
