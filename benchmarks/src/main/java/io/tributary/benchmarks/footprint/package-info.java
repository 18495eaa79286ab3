/** What the product asks of a machine when it is started as its users start it: memory, and time to the first prediction. */
@NullMarked
package io.tributary.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
