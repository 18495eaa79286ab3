package io.tributary.scoring;

import io.tributary.core.predict.EventScores;
import io.tributary.core.spec.EnsembleSpec;

/**
 * What one version of the spec scores with in a slot group.
 *
 * @param spec the spec with the group's members alone
 * @param members these, open
 * @param batching how events get to them
 * @param answers what they said of an event; reused
 */
record Scorers(EnsembleSpec spec, MemberThreads members, Batching batching, EventScores answers) {}
