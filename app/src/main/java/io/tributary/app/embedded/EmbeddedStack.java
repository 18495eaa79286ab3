package io.tributary.app.embedded;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker and a schema registry for one run on this machine, both real, both on the loopback address. */
public final class EmbeddedStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    private EmbeddedStack(EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts the stack on ports of its own choice; see {@link #start(WorkDirectory, Path, int, Consumer)}. */
    public static EmbeddedStack start(WorkDirectory work, Path registryHome, Consumer<String> progress) {
        return start(work, registryHome, EmbeddedBroker.ANY_PORT, progress);
    }

    /**
     * Starts the broker and the registry at the same time and waits until both serve. What still runs when {@code work}
     * is closed is stopped by that.
     *
     * @param registryHome the folder with the unpacked registry
     * @param brokerPort the broker's port, or 0 for any free one
     * @param progress takes a short line as each part is up, on the calling thread
     * @throws StackStartException if either does not start; then neither is left running
     */
    public static EmbeddedStack start(
            WorkDirectory work, Path registryHome, int brokerPort, Consumer<String> progress) {
        // The cheapest way to fail comes first.
        RegistryProcess.runnerJar(registryHome);
        FutureTask<EmbeddedRegistry> registryStart = new FutureTask<>(() -> EmbeddedRegistry.start(work, registryHome));
        Thread registryThread = new Thread(registryStart, "registry-start");
        registryThread.setDaemon(true);
        registryThread.start();
        EmbeddedBroker broker = null;
        try {
            broker = EmbeddedBroker.start(work, brokerPort);
            progress.accept("Kafka broker up at " + broker.bootstrap());
            EmbeddedRegistry registry = await(registryStart);
            progress.accept("schema registry up at " + registry.url());
            return new EmbeddedStack(broker, registry);
        } catch (RuntimeException | Error e) {
            abandon(registryThread, registryStart);
            closeQuietly(broker);
            throw e;
        }
    }

    /** Where Kafka clients connect, as {@code host:port}. */
    public String bootstrap() {
        return broker.bootstrap();
    }

    /** The address of the Confluent-compatible schema registry. */
    public String registryUrl() {
        return registry.url();
    }

    /** Stops the registry, then the broker, whatever becomes of the registry. Takes some seconds at most. */
    @Override
    public void close() {
        closeQuietly(registry);
        closeQuietly(broker);
    }

    private static EmbeddedRegistry await(FutureTask<EmbeddedRegistry> start) {
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackStartException("the start of the embedded stack was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StackStartException failure) {
                throw failure;
            }
            throw new StackStartException("cannot start the schema registry: " + e.getCause(), e.getCause());
        }
    }

    /** Has a registry that may still be starting end, and waits for that. */
    private static void abandon(Thread thread, FutureTask<EmbeddedRegistry> start) {
        boolean interrupted = Thread.interrupted();
        thread.interrupt();
        try {
            start.get().close();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException e) {
            LOG.debug("the schema registry did not start either", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
        } catch (Exception e) {
            LOG.debug("while stopping {}", part, e);
        }
    }
}
