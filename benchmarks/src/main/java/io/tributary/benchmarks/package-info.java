/** The command that measures the product beside its bounds and beside what users would write instead. */
@NullMarked
package io.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
