package io.tributary.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.app.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /metrics} over HTTP. There is no password: what is told is numbers. */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final String PATH = "/metrics";
    private static final int THREADS = 4;
    private static final int BACKLOG = 50;

    private final String host;
    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(String host, HttpServer server) {
        this.host = host;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts it.
     *
     * @param port 0 for any that is free
     * @param text what it answers, in Prometheus' text format
     * @throws UserError if that place cannot be had
     */
    public static MetricsServer start(String host, int port, Supplier<String> text) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException e) {
            throw new UserError(
                    "metrics cannot be served at " + host + ":" + port + ": " + e.getMessage()
                            + "; end what listens there, or choose another place with --metrics-host and"
                            + " --metrics-port, 0 for any port that is free, or none with --no-metrics",
                    e);
        }
        MetricsServer started = new MetricsServer(host, server);
        server.createContext("/", exchange -> answer(exchange, text));
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    /** Where it answers. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + server.getAddress().getPort() + PATH;
    }

    private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "only GET is answered\n");
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, 404, "ask for " + PATH + "\n");
            } else {
                scrape(exchange, text);
            }
        }
    }

    private static void scrape(HttpExchange exchange, Supplier<String> text) throws IOException {
        String body;
        try {
            body = text.get();
        } catch (RuntimeException e) {
            // The server would close the connection without a word.
            LOG.warn("metrics could not be told", e);
            send(exchange, 500, "metrics could not be told: " + e.getMessage() + "\n");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", Exposition.CONTENT_TYPE);
        send(exchange, 200, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
