/** A web page that shows how an ensemble does, fed live from its topics. */
@NullMarked
package io.tributary.dashboard;

import org.jspecify.annotations.NullMarked;
