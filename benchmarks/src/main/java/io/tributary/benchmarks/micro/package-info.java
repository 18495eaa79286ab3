/** What each step on an event's way costs, by JMH. */
@NullMarked
package io.tributary.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
