package io.tributary.core.prepare;

/**
 * What is kept of a key: the last values of each sequence, prepared, but for the one that the next event brings itself.
 *
 * @param plan tells the sequences that it was kept for from others
 * @param lastMillis the time of its latest event, epoch milliseconds
 * @param values sequence after sequence, the oldest value first
 */
public record History(int plan, long lastMillis, float[] values) {}
