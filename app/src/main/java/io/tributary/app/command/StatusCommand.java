package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.look.Checkup;
import io.tributary.app.look.Standing;
import io.tributary.app.look.StandingJson;
import io.tributary.app.look.StandingText;
import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary status}. */
@Command(
        name = "status",
        header = "Say whether all of an ensemble is there and well.",
        description =
                "Asks broker, registry and learning plane, reads what was emitted lately, and says within seconds what is"
                        + " wrong: topics that are missing, events that nobody scores, a plane that does not run, members that answer"
                        + " nothing. It only reads, and is in no consumer group. The exit code is 0 if all is well, else 1; what is"
                        + " merely worth knowing (•) does not count.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary status fraud.yaml",
            "  tributary status fraud.yaml --last 1h --json",
            "  tributary status fraud.yaml --learning http://learning-1:8077"
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final SpecOption ensemble = new SpecOption();

    @Option(
            names = "--learning",
            paramLabel = "URL",
            defaultValue = "http://localhost:8077",
            description = "Where the learning plane answers; tributary run says it. Default: ${DEFAULT-VALUE}.")
    private String learning;

    @Option(
            names = "--last",
            paramLabel = "D",
            defaultValue = "5m",
            description = "Over how long dead letters are counted, such as 1h. Default: ${DEFAULT-VALUE}.")
    private String last;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws InterruptedException {
        json.check();
        Duration counted = Durations.parse(last);
        if (counted == null || counted.isZero()) {
            throw new UsageError("--last is " + last + ", must be a duration such as 5m or 1h");
        }
        EnsembleSpec spec = ensemble.read();
        Standing standing = Checkup.of(spec, SpecOption.registry(spec), learning, counted, System.currentTimeMillis());
        json.show(
                () -> StandingJson.of(standing), () -> StandingText.of(standing).forEach(json.lines()::say));
        return (standing.isWell() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
