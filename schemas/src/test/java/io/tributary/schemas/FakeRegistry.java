package io.tributary.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a schema registry as the planes need: it registers schemas and gives them back by id. */
public final class FakeRegistry implements AutoCloseable {

    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private volatile boolean broken;

    /** Starts it on a port of its own. */
    public FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it fails, or works again. */
    public void setBroken(boolean broken) {
        this.broken = broken;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = exchange.getRequestURI().getPath();
        Matcher byId = BY_ID.matcher(path);
        if (broken) {
            send(exchange, 500, "{\"error_code\":50001,\"message\":\"broken\"}");
        } else if (path.endsWith("/versions")) {
            String schema = schema(request);
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            send(exchange, 200, "{\"id\":" + (schemas.indexOf(schema) + 1) + "}");
        } else if (byId.find() && Integer.parseInt(byId.group(1)) <= schemas.size()) {
            send(exchange, 200, "{\"schema\":\"" + schemas.get(Integer.parseInt(byId.group(1)) - 1) + "\"}");
        } else {
            send(exchange, 404, "{\"error_code\":40403,\"message\":\"not found\"}");
        }
    }

    /** The schema as it stands in the JSON of a request, escapes and all; it goes into answers as it is. */
    private static String schema(String request) {
        String before = "\"schema\":\"";
        int from = request.indexOf(before) + before.length();
        int to = from;
        while (request.charAt(to) != '"') {
            to += request.charAt(to) == '\\' ? 2 : 1;
        }
        return request.substring(from, to);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
