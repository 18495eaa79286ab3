/** The scoring plane on a Flink cluster: a local one to start and stop, and any one to submit to. */
@NullMarked
package io.tributary.app.cluster;

import org.jspecify.annotations.NullMarked;
