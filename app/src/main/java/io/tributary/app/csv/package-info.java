/** Files of comma-separated values, compressed or not. */
@NullMarked
package io.tributary.app.csv;

import org.jspecify.annotations.NullMarked;
