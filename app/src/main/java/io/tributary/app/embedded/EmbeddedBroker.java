package io.tributary.app.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM, its own controller, on the loopback address. Its topics live in the work directory and
 * go with it. Topics are not created by themselves.
 */
final class EmbeddedBroker implements AutoCloseable {

    /** Lets {@link #start} choose the port. */
    static final int ANY_PORT = 0;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int START_ATTEMPTS = 5;
    private static final long CLOSE_MILLIS = 10_000;

    private enum State {
        STARTING,
        RUNNING,
        CLOSED
    }

    private final int port;
    private final KafkaRaftServer server;
    private final AtomicReference<State> state;

    private EmbeddedBroker(int port, KafkaRaftServer server, AtomicReference<State> state) {
        this.port = port;
        this.server = server;
        this.state = state;
    }

    /**
     * Starts a broker and waits until it serves clients.
     *
     * @param wantedPort the port for clients, or {@link #ANY_PORT}
     * @throws StackStartException if the wanted port is taken or the broker does not come up
     */
    static EmbeddedBroker start(WorkDirectory work, int wantedPort) {
        if (wantedPort != ANY_PORT && !FreePorts.isFree(wantedPort)) {
            throw new StackStartException("cannot start the Kafka broker: port " + wantedPort + " on " + FreePorts.HOST
                    + " is taken; choose another port or stop what listens there");
        }
        for (int attempt = 1; ; attempt++) {
            int[] free = FreePorts.pickTwo();
            int port = wantedPort == ANY_PORT ? free[0] : wantedPort;
            Path data = work.folder("kafka-" + attempt);
            try {
                EmbeddedBroker broker = startOn(port, free[1], data);
                work.stopFirst(broker::close);
                return broker;
            } catch (Exception e) {
                if (hasCause(e, InterruptedException.class) || hasCause(e, ClosedByInterruptException.class)) {
                    Thread.currentThread().interrupt();
                    throw new StackStartException("the start of the Kafka broker was interrupted", e);
                }
                if (!hasCause(e, BindException.class) || attempt == START_ATTEMPTS) {
                    throw new StackStartException(
                            "cannot start the Kafka broker on " + FreePorts.HOST + ":" + port + " with its data in "
                                    + data + ": " + rootCause(e)
                                    + "; -Dtributary.log.level=INFO shows the log of the broker",
                            e);
                }
                LOG.debug("another process took a port of the broker, trying others", e);
            }
        }
    }

    /** Where clients connect, as {@code host:port}. */
    String bootstrap() {
        return FreePorts.HOST + ":" + port;
    }

    /**
     * Stops the broker and waits for it, some seconds at most: a broker that hangs is left to the end of the JVM. Later
     * calls do nothing.
     */
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        Thread stopping = new Thread(() -> stop(server), "broker-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (stopping.isAlive()) {
            LOG.warn("the Kafka broker on {} did not stop within {} ms", bootstrap(), CLOSE_MILLIS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedBroker startOn(int port, int controllerPort, Path data) throws Exception {
        Map<String, String> settings = BrokerSettings.of(port, controllerPort, data);
        AtomicReference<State> state = new AtomicReference<>(State.STARTING);
        // A broker ends its JVM on a fatal fault. While it starts it also throws, which is enough here.
        Exit.setHaltProcedure((status, message) -> endProcess(state, data));
        Exit.setExitProcedure((status, message) -> endProcess(state, data));
        format(data);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable e) {
            state.set(State.CLOSED);
            stop(server);
            throw e;
        }
        state.set(State.RUNNING);
        return new EmbeddedBroker(port, server, state);
    }

    private static void format(Path data) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .run();
        }
    }

    private static void stop(KafkaRaftServer server) {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (Throwable e) {
            LOG.debug("while stopping the Kafka broker", e);
        }
    }

    private static boolean hasCause(Throwable problem, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootCause(Throwable problem) {
        Throwable root = problem;
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static void endProcess(AtomicReference<State> state, Path data) {
        if (state.compareAndSet(State.RUNNING, State.CLOSED)) {
            LOG.error(
                    "the Kafka broker failed beyond repair and this run ends; is the disk of {} full? Run with"
                            + " -Dtributary.log.level=ERROR to see the cause",
                    data);
            // In a thread of its own: shutdown hooks may wait for the broker's thread that calls this.
            new Thread(() -> System.exit(1), "broker-failed").start();
        }
    }
}
