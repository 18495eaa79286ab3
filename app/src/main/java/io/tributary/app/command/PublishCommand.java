package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tributary publish}. */
@Command(
        name = "publish",
        header = "Let a new version of a spec take over while the ensemble runs.",
        description = {
            "Sends the spec and the files that it names to every subtask of the scoring plane. Once all have loaded it beside the "
                    + "version that scores, checked its models' checksums and golden vectors and warmed them up, it is committed: no "
                    + "event is scored by both. If one cannot, the version is refused, and nothing changes.",
            "",
            "Members, fusion, learning, batches and the deadline may change. Events, features, slots, topics and delivery make "
                    + "another job: stop that with a savepoint and submit the spec from it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tributary publish fraud.yaml", "  tributary publish fraud.yaml --patience 5m --json"})
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PublishOptions options = new PublishOptions();

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec with a higher version, a YAML file.")
    private Path specFile;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        EnsembleSpec spec = addresses.reached(SpecFiles.read(specFile));
        options.publish(spec, json.lines());
        json.show(
                () -> Json.object().put("ensemble", spec.ensemble()).put("version", spec.version()),
                () -> json.lines().done(PublishOptions.scores(spec)));
        return ExitCode.DONE.code();
    }
}
