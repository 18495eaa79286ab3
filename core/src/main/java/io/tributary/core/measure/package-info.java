/** How good the members and the fusion were: losses and ranking measures, exact or mergeable. */
@NullMarked
package io.tributary.core.measure;

import org.jspecify.annotations.NullMarked;
