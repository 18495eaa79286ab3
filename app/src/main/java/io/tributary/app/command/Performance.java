package io.tributary.app.command;

import io.tributary.app.metrics.RunMetrics;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Topics;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.app.report.JsonReport;
import io.tributary.app.report.LiveView;
import io.tributary.app.report.Report;
import io.tributary.app.report.TextTable;
import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Playing events through an ensemble and reporting what came out: what demo and replay have in common. */
final class Performance {

    private final Session session;
    private final EnsembleSpec spec;
    private final SchemaRegistry registry;
    private final Supplier<Optional<String>> health;
    private @Nullable Tally played;

    private Performance(
            Session session, EnsembleSpec spec, SchemaRegistry registry, Supplier<Optional<String>> health) {
        this.session = session;
        this.spec = spec;
        this.registry = registry;
        this.health = health;
    }

    /**
     * Makes the topics, and starts both planes here unless they run elsewhere already.
     *
     * @param fresh whether nothing can run elsewhere, for the broker has just been started
     * @param metrics what the planes tell Prometheus by; null for nothing
     */
    static Performance prepare(
            Session session, EnsembleSpec spec, int parallelism, boolean fresh, @Nullable RunMetrics metrics) {
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        try (Broker broker = Broker.connect(spec)) {
            registry.ping();
            Topics.prepare(spec, broker, registry, true, 1);
            session.done("topics and schemas ready");
            if (!fresh && broker.learningPlaneRuns()) {
                session.say("  The planes of " + spec.ensemble() + " are running already: playing into them.");
                return new Performance(session, spec, registry, Optional::empty);
            }
        }
        Planes.Settings settings =
                Planes.Settings.brisk(session.work(), parallelism).with(metrics);
        Planes planes = session.closeAtEnd(Planes.start(spec, settings));
        planes.awaitRunning(session::done);
        return new Performance(session, spec, registry, planes::failure);
    }

    SchemaRegistry registry() {
        return registry;
    }

    /** Plays events and waits until all of them and their labels have gone through. */
    void play(List<PlayedEvent> events, Duration labelDelay, Pace pace) throws InterruptedException {
        Tally tally = new Tally(spec, events);
        played = tally;
        session.closeAtEnd(Watch.start(spec, registry, tally));
        // Weights from an earlier run, if any, are where this one's versions count from.
        tally.await(() -> tally.weights() != null, Duration.ofMillis(500));
        try (Player player = session.closeAtEnd(new Player(spec, registry, tally, labelDelay, health));
                LiveView view = LiveView.start(
                        spec,
                        tally,
                        player,
                        session.lines().out(),
                        session.lines().terminal())) {
            session.beforeStopping(view::close);
            player.play(pace);
        }
    }

    private Tally tally() {
        if (played == null) {
            throw new IllegalStateException("nothing has been played");
        }
        return played;
    }

    /** The figures over some of the events. */
    Report report(String title, IntPredicate chosen) {
        return Report.of(title, spec, tally(), chosen);
    }

    /** When an event happened, epoch milliseconds. */
    long timeOf(int index) {
        return tally().events().get(index).timeMillis();
    }

    /** Whether an event was fused with learned weights. */
    boolean isLearned(int index) {
        return tally().isLearned(index);
    }

    /** Shows the figures to people and to programs. */
    void show(JsonOption json, Report all, List<Report> parts) {
        json.show(
                () -> JsonReport.of(
                        tally().events().size(),
                        tally().predictions(),
                        tally().deadLetters(),
                        tally().alarms(),
                        all,
                        parts),
                () -> show(all, parts));
    }

    private void show(Report all, List<Report> parts) {
        for (Report part : parts) {
            session.say("");
            TextTable.of(part).forEach(session::say);
        }
        session.say("");
        TextTable.of(all).forEach(session::say);
        session.say("");
        session.say(TextTable.count(tally().events().size()) + " events, " + TextTable.count(tally().predictions())
                + " predictions (" + TextTable.count(tally().degraded()) + " degraded), "
                + TextTable.count(tally().deadLetters()) + " dead letters, weights version "
                + TextTable.count(tally().weightsVersion()));
        if (!tally().missing().isEmpty()) {
            session.say("missing: "
                    + tally().missing().entrySet().stream()
                            .map(each -> each.getKey() + " " + TextTable.count(each.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        TextTable.alarms(tally().alarms()).forEach(session::say);
        DeadLetter first = tally().firstDeadLetter();
        if (first != null) {
            session.say("the first dead letter: " + first.topic() + "-" + first.partition() + " offset "
                    + first.offset() + ", " + first.stage() + ": " + first.reason());
        }
    }
}
