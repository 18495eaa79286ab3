package io.tributary.dashboard;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.live.LiveState;
import io.tributary.dashboard.read.Follower;
import io.tributary.dashboard.serve.Address;
import io.tributary.dashboard.serve.DashboardException;
import io.tributary.dashboard.serve.Explainer;
import io.tributary.dashboard.serve.Server;
import io.tributary.schemas.SchemaRegistry;
import java.util.function.LongSupplier;

/** The page of one ensemble, fed from its topics. */
public final class Dashboard implements AutoCloseable {

    private final Server server;
    private final Follower follower;

    private Dashboard(Server server, Follower follower) {
        this.server = server;
        this.follower = follower;
    }

    /**
     * Starts it. The broker, the topics and the planes may come and go.
     *
     * @param explainer answers the page's search
     * @throws DashboardException if it cannot listen there
     */
    public static Dashboard start(EnsembleSpec spec, SchemaRegistry registry, Address address, Explainer explainer) {
        LongSupplier clock = System::currentTimeMillis;
        LiveState state = new LiveState(spec, clock);
        Server server = Server.start(address, state, explainer, clock);
        return new Dashboard(server, Follower.start(spec, registry, state, clock));
    }

    /** Where it is, for a browser; without the token. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        follower.close();
        server.close();
    }
}
