package io.tributary.learning;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP where predictions are. {@code GET /predictions/ID} is answered by 200 and the place, by 307 to the
 * instance that knows it, by 404 where there is none, by 503 while partitions move, and by 500 once the plane has stopped.
 * Answers are JSON objects; those that are no place have a field {@code error}. A client that takes seconds over its
 * question or the answer is cut off, so that it keeps no other waiting.
 */
final class QueryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/predictions/";
    private static final int MOST_THREADS = 32;
    private static final int IDLE_SECONDS = 10;
    private static final String SLOWEST_SECONDS = "5";
    private static final int BACKLOG = 50;

    static {
        // The server takes these from nowhere else, and only when its class is loaded; where another had it loaded
        // before, the number of threads alone is what slow clients must reach.
        for (String limit : List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime")) {
            System.getProperties().putIfAbsent(limit, SLOWEST_SECONDS);
        }
    }

    private final String host;
    private final HttpServer server;
    private final ExecutorService threads;

    private QueryServer(String host, HttpServer server) {
        this.host = host;
        this.server = server;
        this.threads = threads();
    }

    /** As many as there are questions at once, up to a bound, and none while nobody asks. */
    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "queries");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Takes its place on the network; it answers once it has been started.
     *
     * @param port 0 for any that is free
     * @throws QueryAddressException if that place cannot be had
     */
    static QueryServer bind(String host, int port) {
        try {
            return new QueryServer(host, HttpServer.create(new InetSocketAddress(host, port), BACKLOG));
        } catch (IOException e) {
            throw new QueryAddressException(host, port, e);
        }
    }

    /** Whether it listens at every address of this machine, so that its own name says nothing to others. */
    boolean isEverywhere() {
        return server.getAddress().getAddress().isAnyLocalAddress();
    }

    /** Its host and port. */
    String hostAndPort() {
        return endpoint(host, server.getAddress().getPort());
    }

    /** Host and port as an address has them: colons of a host are told from that of the port by brackets. */
    static String endpoint(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Begins to answer. */
    void start(EnsembleSpec spec, Function<String, Lookup> lookup) {
        server.createContext("/", exchange -> answer(exchange, spec, lookup));
        server.setExecutor(threads);
        server.start();
    }

    private static void answer(HttpExchange exchange, EnsembleSpec spec, Function<String, Lookup> lookup)
            throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, error(spec, "only GET is answered"));
            } else if (!path.startsWith(PATH) || path.length() == PATH.length()) {
                send(exchange, 404, error(spec, "ask for " + PATH + "EVENT_ID"));
            } else {
                lookUp(exchange, spec, lookup, path.substring(PATH.length()));
            }
        }
    }

    private static void lookUp(
            HttpExchange exchange, EnsembleSpec spec, Function<String, Lookup> lookup, String eventId)
            throws IOException {
        Answer answer;
        try {
            answer = answer(exchange, spec, lookup, eventId);
        } catch (RuntimeException e) {
            // The server would close the connection without a word.
            LOG.warn("a query failed: {}", exchange.getRequestURI(), e);
            answer = new Answer(500, error(spec, "event '" + eventId + "' could not be looked up: " + e.getMessage()));
        }
        send(exchange, answer.status(), answer.body());
    }

    private static Answer answer(
            HttpExchange exchange, EnsembleSpec spec, Function<String, Lookup> lookup, String eventId) {
        return lookup.apply(eventId)
                .match(
                        found -> new Answer(200, place(spec, eventId, found.place())),
                        elsewhere -> {
                            String there = "http://" + elsewhere.instance()
                                    + exchange.getRequestURI().getRawPath();
                            exchange.getResponseHeaders().set("Location", there);
                            return new Answer(307, error(spec, "ask " + there));
                        },
                        () -> new Answer(404, error(spec, unknown(spec, eventId))),
                        notNow -> new Answer(503, error(spec, notNow.why() + "; ask again in a moment")));
    }

    private record Answer(int status, ObjectNode body) {}

    private static ObjectNode place(EnsembleSpec spec, String eventId, Place place) {
        return JSON.createObjectNode()
                .put("ensemble", spec.ensemble())
                .put("eventId", eventId)
                .put("topic", spec.topics().predictions())
                .put("partition", place.partition())
                .put("offset", place.offset())
                .put("copies", place.copies())
                .put("readAtMillis", place.readMillis());
    }

    private static String unknown(EnsembleSpec spec, String eventId) {
        return "the learning plane of " + spec.ensemble() + " has read no prediction for event '" + eventId
                + "' in the last " + PredictionIndex.retention(spec).toDays()
                + " days: the id is another, or the event was not scored yet, or was too long ago";
    }

    private static ObjectNode error(EnsembleSpec spec, String message) {
        return JSON.createObjectNode().put("ensemble", spec.ensemble()).put("error", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
