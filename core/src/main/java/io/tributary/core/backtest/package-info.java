/** The learners over recorded scores, with labels as late as they were. */
@NullMarked
package io.tributary.core.backtest;

import org.jspecify.annotations.NullMarked;
