/** What a part of the benchmark is, and what it is given. */
@NullMarked
package io.tributary.benchmarks.section;

import org.jspecify.annotations.NullMarked;
