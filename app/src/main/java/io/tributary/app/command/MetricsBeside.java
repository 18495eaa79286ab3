package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.metrics.MetricsServer;
import io.tributary.app.metrics.RunMetrics;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Metrics for Prometheus of what a command runs. */
final class MetricsBeside {

    private static final int USUAL_PORT = 9404;
    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "The port of the metrics for Prometheus, at /metrics; 0 for any that is free. Default: "
                    + USUAL_PORT + ", or any that is free if something listens there.")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description = "The name or address of this machine to serve metrics at; there is no password, so whoever"
                    + " reaches it may read them. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(names = "--no-metrics", description = "Serve no metrics.")
    private boolean none;

    /** Checks what can be checked before anything is started. */
    void check() {
        if (port != null && (port < 0 || port > LAST_PORT)) {
            throw new UsageError("--metrics-port is " + port + ", must be from 0 to " + LAST_PORT);
        }
    }

    /** Serves what is told from now on; null if that is not wanted. */
    @Nullable
    RunMetrics start(Session session) {
        if (none) {
            return null;
        }
        RunMetrics metrics = session.closeAtEnd(new RunMetrics());
        MetricsServer server = session.closeAtEnd(serve(metrics));
        session.done("metrics at " + server.url());
        return metrics;
    }

    private MetricsServer serve(RunMetrics metrics) {
        try {
            return MetricsServer.start(host, port == null ? USUAL_PORT : port, metrics::scrape);
        } catch (UserError e) {
            if (port != null || !(e.getCause() instanceof BindException)) {
                throw e;
            }
            return MetricsServer.start(host, 0, metrics::scrape);
        }
    }
}
