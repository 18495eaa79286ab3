package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.TopicCheck;
import io.tributary.app.report.TopicsReport;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tributary topics check}. */
@Command(
        name = "check",
        header = "Check the topics of an ensemble.",
        description =
                "Looks at each topic that the ensemble needs, its partitions and settings, and at the schemas of the"
                        + " registry, and says what to do about each problem (✗). Advice (•) need not be followed."
                        + " Changes nothing. The exit code is 1 if there is a problem.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary topics check fraud.yaml",
            "  tributary topics check fraud.yaml --bootstrap b1:9092 --json"
        })
final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final SpecOption ensemble = new SpecOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        EnsembleSpec spec = ensemble.read();
        SchemaRegistry registry = SpecOption.registry(spec);
        try (Broker broker = Broker.connect(spec)) {
            registry.ping();
            TopicCheck.Result result = TopicCheck.of(spec, broker, registry);
            json.show(
                    () -> TopicsReport.json(spec, result),
                    () -> TopicsReport.text(spec, result).forEach(json.lines()::say));
            return (result.isWell() ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }
}
