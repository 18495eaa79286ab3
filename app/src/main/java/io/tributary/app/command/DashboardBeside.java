package io.tributary.app.command;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A dashboard beside what a command runs. */
final class DashboardBeside {

    @Mixin
    private final DashboardOptions options = new DashboardOptions();

    @Option(names = "--no-dashboard", description = "Serve no dashboard.")
    private boolean none;

    /** Checks what can be checked before anything is started. */
    void check() {
        if (!none) {
            options.check();
        }
    }

    /**
     * Starts it, unless it is not wanted.
     *
     * @param learning the host and port where the learning plane answers, if it does
     */
    void start(Session session, EnsembleSpec spec, SchemaRegistry registry, Optional<String> learning) {
        if (!none) {
            String url = learning.map(each -> "http://" + each).orElse(null);
            session.done("dashboard at "
                    + session.closeAtEnd(options.start(spec, registry, url)).url());
        }
    }
}
