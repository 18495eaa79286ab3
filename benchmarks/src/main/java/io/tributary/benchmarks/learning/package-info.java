/** How fast labels are joined and learned, what events cost that wait for theirs, and when what was learned is used. */
@NullMarked
package io.tributary.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
