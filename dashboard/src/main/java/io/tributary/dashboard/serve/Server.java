package io.tributary.dashboard.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.tributary.dashboard.live.LiveState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, its live stream and explanations. */
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final String PAGE = "/io/tributary/dashboard/page";
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int MOST_THREADS = 48;
    private static final int MOST_EXPLAINED_AT_ONCE = 4;
    private static final int LONGEST_ID = 1000;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer");

    private final Address address;
    private final Explainer explainer;
    private final Broadcast broadcast;
    private final Semaphore explaining = new Semaphore(MOST_EXPLAINED_AT_ONCE);
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dashboard-ticks");
        thread.setDaemon(true);
        return thread;
    });
    private final Javalin javalin;

    private Server(Address address, LiveState state, Explainer explainer, LongSupplier clock) {
        this.address = address;
        this.explainer = explainer;
        this.broadcast = new Broadcast(state, clock);
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Begins to serve.
     *
     * @throws DashboardException if something else listens there
     */
    public static Server start(Address address, LiveState state, Explainer explainer, LongSupplier clock) {
        Server server = new Server(address, state, explainer, clock);
        try {
            server.javalin.start(address.host(), address.port());
        } catch (JavalinBindException e) {
            server.close();
            throw new DashboardException(
                    "the dashboard cannot listen at " + address.host() + ":" + address.port()
                            + "; end what listens there, or choose another place with --dashboard-port, 0 for any that is free",
                    e);
        }
        server.ticks.scheduleAtFixedRate(server::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        return server;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("dashboard-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.staticFiles.add(files -> {
            files.directory = PAGE;
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        Access access = new Access(address);
        config.routes.before(request -> HEADERS.forEach(request::header));
        config.routes.before(access::check);
        config.routes.post(Access.TOKEN_PATH, access::enter);
        library(config, "uPlot.esm.js", "text/javascript");
        library(config, "uPlot.min.css", "text/css");
        config.routes.sse("/events", this::stream);
        config.routes.get("/api/explain", this::explain);
    }

    /** A jar without entries for its folders cannot be served as a folder. */
    private static void library(JavalinConfig config, String name, String type) {
        byte[] content = Uplot.file(name);
        config.routes.get(
                "/lib/" + name,
                request -> request.contentType(type)
                        .header("Cache-Control", "max-age=86400")
                        .result(content));
    }

    private void tick() {
        try {
            broadcast.tick();
        } catch (RuntimeException e) {
            LOG.warn("the dashboard could not tell what has changed", e);
        }
    }

    private void stream(SseClient client) {
        Outlet page = broadcast.join();
        if (page == null) {
            client.sendEvent("full", "{}");
            return;
        }
        client.onClose(() -> broadcast.leave(page));
        try {
            for (Outlet.Message each = page.take(); each != null && !client.terminated(); each = page.take()) {
                client.sendEvent(each.name(), each.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            broadcast.leave(page);
        }
    }

    private void explain(Context request) throws InterruptedException {
        String id = request.queryParam("id");
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
            refuse(request, HttpStatus.BAD_REQUEST, "Say which event: /api/explain?id=EVENT_ID.");
        } else if (!explaining.tryAcquire()) {
            refuse(request, HttpStatus.SERVICE_UNAVAILABLE, "Others are asking at the moment. Try again.");
        } else {
            try {
                request.contentType("application/json").result(explainer.explain(id));
            } catch (Explainer.NotExplainedException e) {
                refuse(request, HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
            } finally {
                explaining.release();
            }
        }
    }

    private static void refuse(Context request, HttpStatus status, String why) {
        String body = JsonNodeFactory.instance.objectNode().put("error", why).toString();
        request.status(status).contentType("application/json").result(body);
    }

    /** Where it is served, for a browser. */
    public String url() {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return "http://" + host + ":" + javalin.port();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        broadcast.close();
        javalin.stop();
    }
}
