/** Recorded scores or events through the learners, without Kafka, and what came of it as table, JSON and page. */
@NullMarked
package io.tributary.app.backtest;

import org.jspecify.annotations.NullMarked;
