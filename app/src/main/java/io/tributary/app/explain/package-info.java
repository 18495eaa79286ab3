/** Why a prediction is what it is: finds its record, fuses it again and says it in words. */
@NullMarked
package io.tributary.app.explain;

import org.jspecify.annotations.NullMarked;
