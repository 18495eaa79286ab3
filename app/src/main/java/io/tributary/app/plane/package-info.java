/** Both planes in this process: what they need is checked and made, then they run. */
@NullMarked
package io.tributary.app.plane;

import org.jspecify.annotations.NullMarked;
