/** Looks at an ensemble that runs somewhere: its newest weights, and whether all of it is well. */
@NullMarked
package io.tributary.app.look;

import org.jspecify.annotations.NullMarked;
