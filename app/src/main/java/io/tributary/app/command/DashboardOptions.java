package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.explain.EventSearch;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.Dashboard;
import io.tributary.dashboard.serve.Address;
import io.tributary.dashboard.serve.DashboardException;
import io.tributary.schemas.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the dashboard is. */
final class DashboardOptions {

    private static final int USUAL_PORT = 8078;

    @Option(
            names = "--dashboard-port",
            paramLabel = "PORT",
            description = "The port of the dashboard; 0 for any that is free. Default: " + USUAL_PORT
                    + ", or any that is free if something listens there.")
    private @Nullable Integer port;

    @Option(
            names = "--dashboard-host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description = "The name or address of this machine to serve the dashboard at; any but localhost needs a"
                    + " token. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--dashboard-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:TRIBUTARY_DASHBOARD_TOKEN}",
            description =
                    "What whoever opens the dashboard must know, 16 or more of A-Z, a-z, 0-9, _ and -; better in the environment"
                            + " as TRIBUTARY_DASHBOARD_TOKEN, where other users do not see it.")
    private @Nullable String token;

    /** Checks what can be checked before anything is started. */
    void check() {
        address(port == null ? USUAL_PORT : port);
    }

    /**
     * Starts it.
     *
     * @param learning where the learning plane answers; null for nowhere
     * @throws UserError if it cannot be where it should be
     */
    Dashboard start(EnsembleSpec spec, SchemaRegistry registry, @Nullable String learning) {
        EventSearch search = new EventSearch(spec, registry, learning);
        try {
            return Dashboard.start(spec, registry, address(port == null ? USUAL_PORT : port), search);
        } catch (DashboardException e) {
            if (port != null) {
                throw new UserError(String.valueOf(e.getMessage()), e);
            }
            return Dashboard.start(spec, registry, address(0), search);
        }
    }

    private Address address(int at) {
        try {
            return new Address(host, at, token == null || token.isEmpty() ? null : token);
        } catch (DashboardException e) {
            throw new UsageError(String.valueOf(e.getMessage()), e);
        }
    }
}
