package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UserError;
import io.tributary.app.cluster.FlinkCluster;
import io.tributary.app.cluster.Submission;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary stop}. */
@Command(
        name = "stop",
        header = "Stop an ensemble's job on a Flink cluster, with a savepoint.",
        description =
                "Stops the scoring job with a savepoint and prints where that is, so that tributary submit --from-savepoint "
                        + "goes on from there, at another parallelism if need be.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary stop fraud.yaml --jobmanager http://localhost:8082",
            "  tributary stop fraud.yaml --jobmanager http://localhost:8082 --savepoint-dir s3://flink --drain"
        })
final class StopCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SPEC|JOBID", description = "The ensemble's spec, or the id of its job.")
    private String which;

    @Option(
            names = "--jobmanager",
            paramLabel = "URL",
            required = true,
            description = "The cluster's REST API, such as http://localhost:8081.")
    private String jobManager;

    @Option(
            names = "--savepoint-dir",
            paramLabel = "DIR",
            description =
                    "Where the cluster writes the savepoint: a path or URL that it can write to. Default: as the cluster is "
                            + "configured.")
    private @Nullable String folder;

    @Option(
            names = "--drain",
            description =
                    "Stop the intake and score what is in flight before the savepoint: for a spec with other slots,"
                            + " which is to go on with submit --drained.")
    private boolean drain;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        json.check();
        Submission submission = new Submission(FlinkCluster.at(jobManager));
        String job = which.matches("[0-9a-f]{32}") ? which : jobOf(submission);
        String savepoint = submission.stop(job, ClusterPaths.absolute(folder), drain);
        Lines lines = json.lines();
        lines.done("job " + job + " stopped; to go on: tributary submit SPEC --jobmanager " + jobManager
                + (drain ? " --drained" : "") + " --from-savepoint …");
        json.show(
                () -> Json.object()
                        .put("job", job)
                        .put("savepoint", savepoint)
                        .put("drained", drain)
                        .put("jobmanager", jobManager),
                () -> lines.say(savepoint));
        return ExitCode.DONE.code();
    }

    private String jobOf(Submission submission) {
        EnsembleSpec spec = SpecParser.parse(Path.of(which));
        return submission
                .find(spec)
                .map(FlinkCluster.Job::id)
                .orElseThrow(() -> new UserError("no job of " + spec.ensemble() + " runs at " + jobManager));
    }
}
