/** Child JVMs: each runs tasks that the measuring process sends it. */
@NullMarked
package io.tributary.benchmarks.process;

import org.jspecify.annotations.NullMarked;
