package io.tributary.app.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Apicurio schema registry in a child process, on the loopback address, with its schemas in memory. The child
 * ends with this JVM, whatever ends it.
 */
final class EmbeddedRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;
    private static final int HTTP_TIMEOUT_MILLIS = 2_000;
    private static final String API = "/apis/ccompat/v7";

    private final RegistryProcess process;
    private final String url;

    private EmbeddedRegistry(RegistryProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts a registry and waits until its REST interface answers.
     *
     * @param home the folder with the unpacked registry: {@code *-runner.jar} and {@code lib}
     * @throws StackStartException if there is no registry in {@code home}, or it is not up within 60 s, or the calling
     *     thread is interrupted, which stays so
     */
    static EmbeddedRegistry start(WorkDirectory work, Path home) {
        RegistryProcess process = RegistryProcess.start(work, home);
        work.stopFirst(process::stop);
        try {
            String url = awaitUrl(process);
            process.warnOnUnexpectedEnd();
            return new EmbeddedRegistry(process, url);
        } catch (InterruptedException e) {
            process.stop();
            Thread.currentThread().interrupt();
            throw new StackStartException("the start of the schema registry was interrupted", e);
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    /** The address of the Confluent-compatible interface, {@code http://127.0.0.1:PORT/apis/ccompat/v7}. */
    String url() {
        return url;
    }

    /** Ends the child process and waits for that. Later calls do nothing. */
    @Override
    public void close() {
        process.stop();
    }

    private static String awaitUrl(RegistryProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<String> url = process.listeningOn().map(address -> address + API);
            if (url.isPresent() && answers(url.get())) {
                return url.get();
            }
            if (process.endedWithin(POLL_MILLIS)) {
                throw new StackStartException("the schema registry ended while starting, with exit code "
                        + process.exitCode() + "; " + process.logTail());
            }
        }
        throw new StackStartException("the schema registry was not up within " + START_LIMIT.toSeconds()
                + " s; is this machine short of memory or processor time? " + process.logTail());
    }

    private static boolean answers(String url) {
        try {
            // Never through a proxy: this is our own machine.
            HttpURLConnection connection =
                    (HttpURLConnection) new URL(url + "/subjects").openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
            connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            LOG.debug("the schema registry does not answer yet", e);
            return false;
        }
    }
}
