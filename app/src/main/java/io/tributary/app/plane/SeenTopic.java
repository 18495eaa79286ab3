package io.tributary.app.plane;

import java.util.Map;

/**
 * A topic as it is on a broker.
 *
 * @param partitions how many it has
 * @param settings what holds for it, defaults of the broker among them; empty if this client may not know
 */
public record SeenTopic(int partitions, Map<String, String> settings) {}
