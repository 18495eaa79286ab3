package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Settles by which version of the spec an event is scored, before it goes to several slot groups: so that none is scored
 * by two.
 */
final class SettleVersion extends RichMapFunction<Event, Event> {

    /** What it is called, in the job and on the control topic. */
    static final String UID = "settle-version";

    private static final long serialVersionUID = 1L;

    private final Outside outside;
    private transient Versions versions;
    private transient volatile int version;

    @SuppressWarnings("NullAway.Init") // Flink fills transient fields in open(), on another machine than this runs on.
    SettleVersion(Outside outside) {
        this.outside = outside;
    }

    @Override
    public void open(OpenContext context) {
        versions = outside.versions(UID, getRuntimeContext());
        version = versions.first().version();
        versions.follow(new Versions.Follower() {
            @Override
            public void load(EnsembleSpec next) {}

            @Override
            public void use(EnsembleSpec next) {
                version = next.version();
            }

            @Override
            public void drop(EnsembleSpec next) {}
        });
    }

    @Override
    public Event map(Event event) {
        versions.requireFollowed();
        return event.scoredBy(version);
    }

    @Override
    public void close() {
        if (versions != null) {
            versions.close();
        }
    }
}
