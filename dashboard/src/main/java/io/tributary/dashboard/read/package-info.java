/** Follows what both planes emit. */
@NullMarked
package io.tributary.dashboard.read;

import org.jspecify.annotations.NullMarked;
