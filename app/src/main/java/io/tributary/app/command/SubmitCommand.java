package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.cluster.Artifacts;
import io.tributary.app.cluster.FlinkCluster;
import io.tributary.app.cluster.Submission;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.MachineGpus;
import io.tributary.app.plane.Preflight;
import io.tributary.app.plane.Topics;
import io.tributary.app.report.Json;
import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.scoring.SpecBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary submit}. */
@Command(
        name = "submit",
        header = "Run the scoring plane of an ensemble on a Flink cluster.",
        description = {
            "Checks the spec, broker, registry and cluster, makes the topics that are missing, and submits the scoring job with the "
                    + "spec and all files that it names in the job's jar. Returns once the job runs.",
            "",
            "The cluster must have tributary-runtime.jar in its lib folder. The learning plane is not part of the job."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary submit fraud.yaml --jobmanager http://localhost:8082 --parallelism 2",
            "  tributary submit fraud.yaml --jobmanager http://localhost:8082 --from-savepoint s3://flink/savepoint-1",
            "  tributary submit fraud.yaml --save fraud.jar"
        })
final class SubmitCommand implements Callable<Integer> {

    private static final String MAIN_CLASS = "io.tributary.scoring.ScoringMain";

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    private static final class Target {
        @Option(
                names = "--jobmanager",
                paramLabel = "URL",
                description = "The cluster's REST API, such as http://localhost:8081.")
        private @Nullable String jobManager;

        @Option(
                names = "--save",
                paramLabel = "FILE.jar",
                description = "Write the job's jar with the spec there, for application mode, and submit nothing.")
        private @Nullable Path save;
    }

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            defaultValue = "1",
            description = "How many subtasks score. Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Option(
            names = "--from-savepoint",
            paramLabel = "PATH",
            description = "Go on from this savepoint, which tributary stop printed; at any parallelism.")
    private @Nullable String savepoint;

    @Option(
            names = "--drained",
            description =
                    "The savepoint was drained (tributary stop --drain), so the spec may have other slots than the one"
                            + " before.")
    private boolean drained;

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    @Option(
            names = "--checkpoint",
            paramLabel = "D",
            defaultValue = "5s",
            description =
                    "How often the job saves its state; with exactly-once delivery also how often predictions appear. Default: "
                            + "${DEFAULT-VALUE}.")
    private String checkpoint;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        json.check();
        Duration interval = Durations.parse(checkpoint);
        if (interval == null || interval.isZero()) {
            throw new UsageError("--checkpoint is " + checkpoint + ", must be a duration such as 500ms or 5s");
        }
        if (parallelism < 1 || parallelism > 1024) {
            throw new UsageError("--parallelism is " + parallelism + ", must be from 1 to 1024");
        }
        refuseIdleOptions();
        Artifacts artifacts = new Artifacts(Session.home());
        try (Session session = new Session(json.lines())) {
            EnsembleSpec spec = SpecFiles.read(specFile);
            if (target.save != null) {
                save(session, spec, artifacts, target.save);
            } else {
                Preflight.checkInterval(spec, interval);
                submit(session, addresses.reached(spec), artifacts, FlinkCluster.at(String.valueOf(target.jobManager)));
            }
        }
        return ExitCode.DONE.code();
    }

    private void save(Session session, EnsembleSpec spec, Artifacts artifacts, Path jar) {
        bundle(spec, artifacts, jar);
        json.show(
                () -> Json.object()
                        .put("ensemble", spec.ensemble())
                        .put("version", spec.version())
                        .put("jar", jar.toString())
                        .put("mainClass", MAIN_CLASS),
                () -> session.done(spec.ensemble() + " is in " + jar + "; its main class is " + MAIN_CLASS));
    }

    /** A saved jar says nothing of how it will be run. */
    private void refuseIdleOptions() {
        List<String> idle = Stream.of(
                        "--parallelism", "--from-savepoint", "--drained", "--bootstrap", "--registry", "--checkpoint")
                .filter(command.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        if (target.save != null && !idle.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    String.join(", ", idle) + " would do nothing with --save; give it to Flink when you run the jar:"
                            + " deploy/README.md says how");
        }
    }

    private void submit(Session session, EnsembleSpec spec, Artifacts artifacts, FlinkCluster flink)
            throws InterruptedException {
        Submission submission = new Submission(flink);
        submission.check(spec, parallelism);
        EnsembleSpec settled = submission.settleGpus(spec, parallelism);
        List<String> onGpu = spec.slots().preferringGpu().stream()
                .map(SlotGroup::name)
                .filter(settled.slots().onGpu()::contains)
                .toList();
        MachineGpus.warning(spec, settled).ifPresent(session::say);
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        try (Broker broker = Broker.connect(spec)) {
            registry.ping();
            Topics.prepare(spec, broker, registry, false, parallelism);
            Preflight.check(spec, broker, registry);
        }
        session.done("topics and schemas ready at " + spec.kafka().bootstrap() + " and "
                + spec.registry().url());
        Path jar = session.work().folder("submit").resolve(spec.ensemble() + ".jar");
        bundle(spec, artifacts, jar);
        String job = submission.start(jar, arguments(onGpu), parallelism, ClusterPaths.absolute(savepoint), drained);
        session.done("submitted as job " + job);
        submission.awaitRunning(job);
        json.show(
                () -> Json.object()
                        .put("ensemble", spec.ensemble())
                        .put("version", spec.version())
                        .put("job", job)
                        .put("jobmanager", target.jobManager)
                        .put("events", spec.events().topic())
                        .put("predictions", spec.topics().predictions()),
                () -> session.done("job " + job + " runs, scoring "
                        + spec.events().topic() + " into " + spec.topics().predictions()));
    }

    private static void bundle(EnsembleSpec spec, Artifacts artifacts, Path jar) {
        try {
            SpecBundle.write(spec, artifacts.jobJar(), jar);
        } catch (IOException e) {
            throw new UserError("cannot write " + jar + ": " + e, e);
        }
    }

    private List<String> arguments(List<String> onGpu) {
        List<String> arguments = new ArrayList<>(List.of("--checkpoint", checkpoint));
        arguments.addAll(addresses.arguments());
        if (!onGpu.isEmpty()) {
            arguments.addAll(List.of("--on-gpu", String.join(",", onGpu)));
        }
        return arguments;
    }
}
