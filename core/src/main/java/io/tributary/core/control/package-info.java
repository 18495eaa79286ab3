/** How a new version of a spec takes the place of the running one: what is said about it, and what follows. */
@NullMarked
package io.tributary.core.control;

import org.jspecify.annotations.NullMarked;
