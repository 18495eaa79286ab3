package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Preflight;
import io.tributary.app.plane.Published;
import io.tributary.app.plane.Topics;
import io.tributary.app.play.Watch;
import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary run}. */
@Command(
        name = "run",
        header = "Run an ensemble until Ctrl-C.",
        description =
                "Runs both planes of an ensemble in this process, against the Kafka and the schema registry that its spec names, "
                        + "until Ctrl-C. Topics of the ensemble's own are made where they are missing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary run fraud.yaml",
            "  tributary run fraud.yaml --embedded",
            "  tributary run fraud.yaml --only learning --query-host learning-1"
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration STATUS_EVERY = Duration.ofSeconds(10);

    /** Longer than the session time-out of the learning plane's group. */
    private static final Duration TIME_TO_BE_GIVEN_UP = Duration.ofSeconds(20);

    private static final Duration GLANCE = Duration.ofMillis(500);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PlaneOptions planes = new PlaneOptions();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where state is kept between runs. Default: tributary/ENSEMBLE in $XDG_STATE_HOME or ~/.local/state; "
                            + "with --embedded nothing is kept.")
    private @Nullable Path state;

    @Option(
            names = "--checkpoint",
            paramLabel = "D",
            defaultValue = "5s",
            description =
                    "How often the scoring plane saves its state; with exactly-once delivery also how often predictions appear. "
                            + "Default: ${DEFAULT-VALUE}.")
    private String checkpoint;

    @Option(
            names = "--only",
            paramLabel = "PLANE",
            description =
                    "Run the scoring or the learning plane alone: learning beside a job that tributary submit started.")
    private Planes.@Nullable Which only;

    @Option(
            names = "--query-port",
            paramLabel = "PORT",
            defaultValue = "8077",
            description = "The port at which tributary explain finds predictions; 0 for any that is free. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int queryPort;

    @Option(
            names = "--query-host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description = "The name or address of this machine to listen at for that; there is no password, so whoever"
                    + " reaches it may ask. Default: ${DEFAULT-VALUE}.")
    private String queryHost;

    @Mixin
    private final DashboardBeside dashboard = new DashboardBeside();

    @Mixin
    private final MetricsBeside metrics = new MetricsBeside();

    @Override
    public Integer call() throws Exception {
        Duration interval = Durations.parse(checkpoint);
        if (interval == null || interval.isZero()) {
            throw new UsageError("--checkpoint is " + checkpoint + ", must be a duration such as 500ms or 5s");
        }
        if (queryPort < 0 || queryPort > 65_535) {
            throw new UsageError("--query-port is " + queryPort + ", must be from 0 to 65535");
        }
        if (planes.embedded) {
            addresses.refuse("--embedded, which starts broker and registry here");
        }
        dashboard.check();
        metrics.check();
        try (Session session = new Session(Lines.of(command))) {
            EnsembleSpec spec = addresses.reached(SpecFiles.read(specFile));
            if (which() != Planes.Which.LEARNING) {
                Preflight.checkInterval(spec, interval);
            }
            if (planes.embedded) {
                spec = session.embedded(spec);
            }
            run(session, spec, interval);
        }
        return ExitCode.DONE.code();
    }

    private void run(Session session, EnsembleSpec spec, Duration interval) throws InterruptedException {
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        try (Broker broker = Broker.connect(spec)) {
            registry.ping();
            if (which() == Planes.Which.BOTH) {
                awaitEndOfFormerRun(session, spec, broker);
            }
            Topics.prepare(spec, broker, registry, planes.embedded, 1);
            Preflight.check(spec, broker, registry);
            session.done("topics and schemas ready at " + spec.kafka().bootstrap() + " and "
                    + spec.registry().url());
        }
        EnsembleSpec newest = Published.newest(spec);
        if (newest != spec) {
            session.done("version " + newest.version() + ", which was published, goes on in place of version "
                    + spec.version() + " in " + spec.file());
        }
        start(session, newest, interval, registry);
    }

    private void start(Session session, EnsembleSpec spec, Duration interval, SchemaRegistry registry)
            throws InterruptedException {
        Path kept = planes.embedded ? session.work().folder("state") : state == null ? defaultState(spec) : state;
        Planes.Settings settings = new Planes.Settings(
                session.work(),
                kept,
                planes.parallelism,
                interval,
                which(),
                new LearningPlane.Queries(queryHost, queryPort),
                metrics.start(session));
        Planes running = session.closeAtEnd(Planes.start(spec, settings));
        running.awaitRunning(session::done);
        dashboard.start(session, spec, registry, running.queryAddress());
        String scoring =
                "scoring " + spec.events().topic() + " into " + spec.topics().predictions();
        String learning = "learning from " + spec.outcomes().topic();
        session.say(
                switch (which()) {
                    case BOTH -> "Running: " + scoring + ", " + learning + ", until Ctrl-C.";
                    case SCORING -> "Running: " + scoring + ", until Ctrl-C.";
                    case LEARNING -> "Running: " + learning + ", until Ctrl-C.";
                });
        Status status = new Status();
        session.closeAtEnd(Watch.start(spec, registry, status));
        while (true) {
            Thread.sleep(STATUS_EVERY.toMillis());
            Optional<String> failure = running.failure();
            if (failure.isPresent()) {
                throw new UserError(failure.get());
            }
            session.say(status.line(STATUS_EVERY));
        }
    }

    /** Two runs would score everything twice. One that was killed is still a member of its group for some seconds. */
    private static void awaitEndOfFormerRun(Session session, EnsembleSpec spec, Broker broker)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIME_TO_BE_GIVEN_UP.toNanos();
        boolean said = false;
        while (broker.learningPlaneRuns()) {
            if (System.nanoTime() > deadline) {
                throw new UserError("the planes of " + spec.ensemble() + " run already: group " + spec.learningGroup()
                        + " at " + spec.kafka().bootstrap()
                        + " has members; stop that run first, or give this ensemble another name");
            }
            if (!said) {
                said = true;
                session.say("  waiting for another run of " + spec.ensemble() + " to end…");
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private Planes.Which which() {
        return only == null ? Planes.Which.BOTH : only;
    }

    private static Path defaultState(EnsembleSpec spec) {
        return StateFolders.root().resolve("tributary").resolve(spec.ensemble());
    }
}
