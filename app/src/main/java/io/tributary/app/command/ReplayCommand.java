package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.play.Pace;
import io.tributary.app.play.RecordedEvents;
import io.tributary.app.report.Report;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.IsoTime;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary replay}. */
@Command(
        name = "replay",
        header = "Play recorded events and their late labels through an ensemble.",
        description = {
            "Plays recorded events into the features topic in the order of their times, and their labels into the outcomes "
                    + "topic later, and shows what the ensemble made of them. The planes are started here unless they run already.",
            "",
            "By default in lockstep: a step's events are released once the published weights cover every label that came "
                    + "before the step, so that the result does not depend on the machine."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary replay fraud.yaml --embedded --events payments.csv.gz --label-delay 7d",
            "  tributary replay fraud.yaml --events a.csv b.csv --rate 500 --json figures.json"
        })
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PlaneOptions planes = new PlaneOptions();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Mixin
    private final EventsOptions events = new EventsOptions();

    @Option(
            names = "--step",
            paramLabel = "N",
            defaultValue = "1000",
            description = "In lockstep, how many events a step has. Default: ${DEFAULT-VALUE}.")
    private int step;

    @Option(names = "--rate", paramLabel = "N", description = "Play N events a second instead of in lockstep.")
    private @Nullable Double rate;

    @Option(
            names = "--report-from",
            paramLabel = "TIME",
            description = "Report the events from this time on apart as well; may be given several times.")
    private List<String> reportFrom = new ArrayList<>();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        events.check();
        if (step < 1 || (rate != null && !(rate > 0))) {
            throw new UsageError("--step is " + step + " and --rate is " + rate + ", both must be above 0");
        }
        json.check();
        List<Long> starts = starts();
        try (Session session = new Session(json.lines())) {
            EnsembleSpec spec = SpecFiles.read(specFile);
            refuseSettling(spec);
            if (planes.embedded) {
                spec = session.embedded(spec);
            }
            replay(session, spec, starts);
        }
        return ExitCode.DONE.code();
    }

    private static void refuseSettling(EnsembleSpec spec) {
        if (!spec.outcomes().settle().isZero()) {
            throw new UserError(
                    spec.file() + " has outcomes.settle, which runs on the wall clock, while replay plays labels "
                            + "in event time: what they teach would depend on the machine. Leave it out in the spec that you replay "
                            + "with");
        }
    }

    private void replay(Session session, EnsembleSpec spec, List<Long> starts) throws Exception {
        if (spec.outcomes().kind() == null) {
            throw new UserError(spec.file() + " maps outcomes of your own; replay writes Tributary's Outcome records. "
                    + "Leave out outcomes.label and the other fields in the spec that you replay with");
        }
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        registry.ping();
        Schema schema = EventsOptions.schema(spec, () -> registry);
        int id = registry.register(EventsOptions.subject(spec), schema);
        RecordedEvents recorded = events.read(spec, schema, id, session::done);
        Performance performance = Performance.prepare(session, spec, planes.parallelism, planes.embedded, null);
        performance.play(
                recorded.events(), events.labelDelay(), rate == null ? new Pace.Lockstep(step) : new Pace.Rate(rate));
        Report all = performance.report("All events", i -> true);
        List<Report> parts = new ArrayList<>();
        parts.add(performance.report("Events scored with learned weights", performance::isLearned));
        for (int i = 0; i < starts.size(); i++) {
            long start = starts.get(i);
            parts.add(
                    performance.report("From " + reportFrom.get(i) + " on", each -> performance.timeOf(each) >= start));
        }
        performance.show(json, all, parts);
    }

    private List<Long> starts() {
        List<Long> starts = new ArrayList<>();
        for (String text : reportFrom) {
            Long start = IsoTime.parse(text);
            if (start == null) {
                throw new UsageError("--report-from is " + text + ", must be ISO 8601, such as 2018-08-15");
            }
            starts.add(start);
        }
        return starts;
    }
}
