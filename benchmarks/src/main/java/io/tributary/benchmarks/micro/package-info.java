/** JMH benchmarks of the pieces that run for every event or label, and the section that runs a choice of them. */
@NullMarked
package io.tributary.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
