package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.explain.Explanation;
import io.tributary.app.explain.ExplanationJson;
import io.tributary.app.explain.ExplanationText;
import io.tributary.app.explain.IndexClient;
import io.tributary.app.explain.Place;
import io.tributary.app.explain.PredictionReader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary explain}. */
@Command(
        name = "explain",
        header = "Say why an event's prediction is what it is.",
        description =
                "Asks a running learning plane in which record the prediction for an event is, reads that record, fuses"
                        + " the members' scores in it again, and says what each member said, how much it counted, and what was"
                        + " missing. Ends with 1 if what comes out is not the same to the last bit.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary explain fraud.yaml 7-2905",
            "  tributary explain fraud.yaml 7-2905 --learning http://learning-1:8077 --json"
        })
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Parameters(index = "1", paramLabel = "EVENT_ID", description = "The id of the event.")
    private String eventId;

    @Option(
            names = "--learning",
            paramLabel = "URL",
            defaultValue = "http://localhost:8077",
            description = "Where the learning plane answers; tributary run says it. Default: ${DEFAULT-VALUE}.")
    private String learning;

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        json.check();
        EnsembleSpec spec = addresses.reached(SpecParser.parse(specFile));
        Place place = new IndexClient(spec, learning).find(eventId);
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        Explanation explanation = Explanation.of(place, new PredictionReader(spec, registry).read(place, eventId));
        json.show(() -> ExplanationJson.of(explanation), () -> json.lines().say(ExplanationText.of(explanation)));
        return (explanation.isSame() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
