package io.tributary.benchmarks.pipeline;

/** What threads of the measured JVM do, told by their names. */
enum ThreadGroup {
    /** Flink's task that scores and fuses; what writes predictions is chained to it. */
    SCORE("score"),
    /** The members' own threads. */
    MEMBERS("member-"),
    /** Flink's task that reads events and decodes them. */
    DECODE("Source: events"),
    /** All others: Kafka's clients, Flink, the JVM. */
    REST("");

    private final String prefix;

    ThreadGroup(String prefix) {
        this.prefix = prefix;
    }

    static ThreadGroup of(String thread) {
        for (ThreadGroup group : values()) {
            if (thread.startsWith(group.prefix)) {
                return group;
            }
        }
        return REST;
    }
}
