package io.tributary.core;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of the fusion at one version.
 *
 * @param ensemble whose weights they are
 * @param segment the slice of traffic they are for; null for all of it
 * @param specVersion the version of the spec under which they were learned
 * @param version how many feedback records they were learned from: it rises by one a record, so two runs over the same
 *     feedback number their weights alike. 0 before any feedback.
 * @param evidence the labels behind them, each counted with its importance
 * @param fusion the method the weights are for, such as {@code mean}
 * @param learner what learned them, such as {@code boa}
 * @param members the members' names
 * @param logWeights the natural logarithm of each member's weight, in the order of {@code members}, normalised so that
 *     the weights sum to 1. Logarithms, because a weight may be too small for a double and must yet come back.
 * @param publishedAtMillis when they were published, epoch milliseconds
 */
public record Weights(
        String ensemble,
        @Nullable String segment,
        int specVersion,
        long version,
        double evidence,
        String fusion,
        String learner,
        String[] members,
        double[] logWeights,
        long publishedAtMillis) {}
