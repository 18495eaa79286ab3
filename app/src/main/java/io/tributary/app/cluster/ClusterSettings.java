package io.tributary.app.cluster;

import io.tributary.app.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a local cluster runs.
 *
 * @param folder where its configuration, logs, checkpoints and savepoints are
 * @param taskManagers how many TaskManagers, from 1 to 64
 * @param slots how many slots each has, from 1 to 64
 * @param port the port of the JobManager's REST API, from 1 to 65535
 * @param memory what each TaskManager has for its tasks
 * @param metricsPort the first of the ports at which the JobManager and the TaskManagers serve metrics for Prometheus, one
 *     each, at every address of the machine; 0 for none
 */
public record ClusterSettings(Path folder, int taskManagers, int slots, int port, Memory memory, int metricsPort) {

    /**
     * What a TaskManager has for its tasks, in mebibytes: slots with stated resources are cut from it.
     *
     * @param heap of the JVM's heap, from 64
     * @param offHeap outside of it, from 0
     * @param managed of Flink's managed memory, from 0
     */
    public record Memory(int heap, int offHeap, int managed) {

        /** Enough for two slots without stated resources. */
        public static final Memory DEFAULT = new Memory(384, 64, 16);

        private static final int MOST = 1 << 20;

        /** Checks the values. */
        public Memory {
            check("--heap", heap, 64, MOST);
            check("--off-heap", offHeap, 0, MOST);
            check("--managed", managed, 0, MOST);
        }
    }

    /** Where everything listens: a cluster for one machine. */
    static final String HOST = "127.0.0.1";

    private static final int MOST = 64;
    private static final int LAST_PORT = 65_535;
    private static final int FRAMEWORK_HEAP_MB = 128;
    private static final int FRAMEWORK_OFF_HEAP_MB = 64;
    private static final int NETWORK_MB = 64;
    private static final int METASPACE_MB = 256;
    private static final List<String> OPENED =
            List.of("java.lang", "java.net", "java.util", "java.util.concurrent", "java.time");

    /** Checks the values. */
    public ClusterSettings {
        check("--taskmanagers", taskManagers, 1, MOST);
        check("--slots", slots, 1, MOST);
        check("--port", port, 1, LAST_PORT);
        check("--metrics-port", metricsPort, 0, LAST_PORT - taskManagers);
        if (metricsPort > 0 && port >= metricsPort && port <= metricsPort + taskManagers) {
            throw new UsageError("--metrics-port is " + metricsPort + ", which with the " + taskManagers
                    + " that follow it takes --port " + port + ", too; choose another one");
        }
    }

    /** With TaskManagers of the size that most need, and without metrics. */
    public ClusterSettings(Path folder, int taskManagers, int slots, int port) {
        this(folder, taskManagers, slots, port, Memory.DEFAULT, 0);
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageError(option + " is " + value + ", must be from " + least + " to " + most);
        }
    }

    /** The address of the REST API. */
    public String url() {
        return "http://" + HOST + ":" + port;
    }

    /** The text of Flink's config.yaml, for every process of the cluster. */
    String configuration(int rpcPort) {
        Map<String, Object> values = new LinkedHashMap<>();
        putAddresses(values, rpcPort);
        putMemory(values);
        putMetrics(values);
        values.put("taskmanager.numberOfTaskSlots", slots);
        values.put("taskmanager.load-balance.mode", "SLOTS");
        // What waits in buffers before a slot group waits for no member, and deadlines run on.
        values.put("taskmanager.network.memory.buffer-debloat.enabled", true);
        values.put("taskmanager.network.memory.buffer-debloat.target", "100 ms");
        values.put("restart-strategy.type", "exponential-delay");
        // A TaskManager that was killed is given up after seconds, not after the default's minute.
        values.put("heartbeat.interval", "2 s");
        values.put("heartbeat.timeout", "20 s");
        values.put("execution.checkpointing.storage", "filesystem");
        values.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri());
        values.put(
                "execution.checkpointing.savepoint-dir",
                folder.resolve("savepoints").toUri());
        values.put("io.tmp.dirs", folder.resolve("tmp"));
        values.put("web.upload.dir", folder.resolve("upload"));
        // Models travel in the job's jar.
        values.put("rest.server.max-content-length", Integer.MAX_VALUE);
        return values.entrySet().stream()
                .map(each ->
                        each.getKey() + ": '" + String.valueOf(each.getValue()).replace("'", "''") + "'\n")
                .collect(Collectors.joining());
    }

    private void putAddresses(Map<String, Object> values, int rpcPort) {
        values.put("jobmanager.rpc.address", HOST);
        values.put("jobmanager.bind-host", HOST);
        values.put("jobmanager.rpc.port", rpcPort);
        values.put("rest.address", HOST);
        values.put("rest.bind-address", HOST);
        values.put("rest.port", port);
        values.put("rest.bind-port", port);
        values.put("taskmanager.host", HOST);
        values.put("taskmanager.bind-host", HOST);
    }

    private void putMetrics(Map<String, Object> values) {
        if (metricsPort > 0) {
            String reporter = "metrics.reporter.prom.";
            values.put(reporter + "factory.class", "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
            // Each process takes the first that is free.
            values.put(reporter + "port", metricsPort + "-" + (metricsPort + taskManagers));
            // Flink would replace the point in a histogram's bounds, and what is not a letter in names.
            values.put(reporter + "filterLabelValueCharacters", false);
        }
    }

    /** The ports at which metrics are served. */
    IntStream metricsPorts() {
        return metricsPort == 0 ? IntStream.empty() : IntStream.rangeClosed(metricsPort, metricsPort + taskManagers);
    }

    /** A TaskManager that no script of Flink's starts derives nothing from anything. */
    private void putMemory(Map<String, Object> values) {
        values.put("taskmanager.cpu.cores", slots);
        values.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MB + "m");
        values.put("taskmanager.memory.task.heap.size", memory.heap() + "m");
        values.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP_MB + "m");
        values.put("taskmanager.memory.task.off-heap.size", memory.offHeap() + "m");
        values.put("taskmanager.memory.network.min", NETWORK_MB + "m");
        values.put("taskmanager.memory.network.max", NETWORK_MB + "m");
        values.put("taskmanager.memory.managed.size", memory.managed() + "m");
        values.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MB + "m");
        values.put("taskmanager.memory.jvm-overhead.min", "192m");
        values.put("taskmanager.memory.jvm-overhead.max", "192m");
    }

    /** The JVM options of the JobManager. */
    List<String> jobManagerOptions() {
        return options(512, 128);
    }

    /** The JVM options of a TaskManager, which say the same as its memory options. */
    List<String> taskManagerOptions() {
        return options(FRAMEWORK_HEAP_MB + memory.heap(), FRAMEWORK_OFF_HEAP_MB + memory.offHeap() + NETWORK_MB);
    }

    /** The JVM options by which Flink reaches what it needs of the JDK. */
    public static List<String> moduleOptions() {
        return Stream.concat(
                        OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"),
                        Stream.of("--add-exports=java.base/sun.net.util=ALL-UNNAMED"))
                .toList();
    }

    private static List<String> options(int heap, int direct) {
        List<String> options = new ArrayList<>(moduleOptions());
        options.add("-Xmx" + heap + "m");
        options.add("-XX:MaxDirectMemorySize=" + direct + "m");
        options.add("-XX:MaxMetaspaceSize=" + METASPACE_MB + "m");
        options.add("-XX:+UseParallelGC");
        return options;
    }
}
