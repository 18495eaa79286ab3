/** A made-up world of card payments and frauds, so that the demo needs nobody's data. */
@NullMarked
package io.tributary.app.demo;

import org.jspecify.annotations.NullMarked;
