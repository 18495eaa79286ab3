/** Whether a scorer's losses have changed for good: two drift detectors, and a monitor that runs both for every scorer. */
@NullMarked
package io.tributary.core.drift;

import org.jspecify.annotations.NullMarked;
