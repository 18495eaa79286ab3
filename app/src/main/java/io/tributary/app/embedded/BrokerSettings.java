package io.tributary.app.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The Kafka settings of a single node that lives as long as one run. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String MIB = Integer.toString(1 << 20);
    private static final String FOREVER = "-1";

    private BrokerSettings() {}

    /** Settings for a node that serves clients on {@code port}, controls itself on another, and stores in {@code data}. */
    static Map<String, String> of(int port, int controllerPort, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + FreePorts.HOST + ":" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put(
                "listeners",
                "PLAINTEXT://" + FreePorts.HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + FreePorts.HOST + ":"
                        + controllerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("server.max.startup.time.ms", "60000");
        putSingleNode(settings);
        putKeepEverything(settings);
        putSmall(settings);
        return settings;
    }

    private static void putSingleNode(Map<String, String> settings) {
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    /**
     * Records carry the time of their event, and a replayed file may be years old or, made up, from next year: age must
     * neither delete records within seconds nor have them refused.
     */
    private static void putKeepEverything(Map<String, String> settings) {
        settings.put("log.retention.ms", FOREVER);
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    }

    private static void putSmall(Map<String, String> settings) {
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("background.threads", "2");
        // The default takes 128 MiB of heap at once.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        settings.put("log.index.size.max.bytes", MIB);
    }
}
