/** What the dashboard knows of an ensemble: a fold over the records of its topics, with a bounded past. */
@NullMarked
package io.tributary.dashboard.live;

import org.jspecify.annotations.NullMarked;
