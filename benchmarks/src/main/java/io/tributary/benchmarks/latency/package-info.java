/** How long events wait for their predictions under a load that does not wait for them. */
@NullMarked
package io.tributary.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
