package io.tributary.app.backtest;

import io.tributary.core.backtest.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording, and what came with it that no learner sees.
 *
 * @param recording the members' scores and the labels
 * @param timesMillis when each event happened, epoch milliseconds; null if that is not told
 * @param incumbents the names of scores that are compared with and not fused
 * @param incumbentScores for each of them one score a row; NaN where it has none
 * @param notes what the user should know of how it was read
 */
public record Recorded(
        Recording recording,
        long @Nullable [] timesMillis,
        List<String> incumbents,
        double[][] incumbentScores,
        List<String> notes) {}
