package io.tributary.benchmarks.pipeline;

/** What threads of the measured JVM do, told by their names. */
enum ThreadGroup {
    /** Flink's task, one for all: it reads events, decodes, scores, fuses and writes predictions. */
    TASK("Source: events"),
    /** The members' own threads. */
    MEMBERS("member-"),
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
