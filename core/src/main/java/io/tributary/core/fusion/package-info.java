/** How the scores of the members that answered become one score. */
@NullMarked
package io.tributary.core.fusion;

import org.jspecify.annotations.NullMarked;
