/** Plays recorded or simulated events and their late labels into the topics, and watches what comes out. */
@NullMarked
package io.tributary.app.play;

import org.jspecify.annotations.NullMarked;
