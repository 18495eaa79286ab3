package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.demo.Scenario;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.report.Report;
import io.tributary.app.report.TextTable;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary demo}. */
@Command(
        name = "demo",
        header = "Show the whole of it on this machine.",
        description = "Starts a Kafka broker, a schema registry, the scoring plane (Flink) and "
                + "the learning plane (Kafka Streams), plays a simulated world that changes halfway through the ensemble of "
                + "an example, and shows how the members' weights follow what comes out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary demo",
            "  tributary demo traffic --events 5000",
            "  tributary demo --rate 2000 --seed 8 --json figures.json"
        })
final class DemoCommand implements Callable<Integer> {

    private static final double DRIFT_AT = 0.5;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Mixin
    private final ScenarioOption chosen = new ScenarioOption();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many events. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "7",
            description = "Decides everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(names = "--keep", description = "Leave everything running at the end, until Ctrl-C.")
    private boolean keep;

    @Mixin
    private final DashboardBeside dashboard = new DashboardBeside();

    @Mixin
    private final MetricsBeside metrics = new MetricsBeside();

    @Override
    public Integer call() throws Exception {
        if (events < 1 || !(rate > 0)) {
            throw new UsageError("--events is " + events + " and --rate is " + rate + ", both must be above 0");
        }
        dashboard.check();
        metrics.check();
        json.check();
        Scenario scenario = chosen.scenario();
        String specFile = "examples/" + scenario.name() + "/" + scenario.name() + ".yaml";
        try (Session session = new Session(json.lines())) {
            EnsembleSpec written = SpecFiles.read(Session.home().resolve(specFile));
            session.say("Example " + scenario.name() + ": " + written.members().size() + " members, "
                    + TextTable.count(events) + " " + scenario.events() + "; " + scenario.story() + ".");
            EnsembleSpec spec = session.embedded(written);
            Performance performance = Performance.prepare(session, spec, 1, true, metrics.start(session));
            dashboard.start(session, spec, performance.registry(), Optional.empty());
            Scenario.Stream stream = scenario.stream(seed, events, OptionalDouble.of(DRIFT_AT));
            performance.play(encode(spec, performance.registry(), stream), scenario.labelDelay(), new Pace.Rate(rate));
            long change = stream.changeMillis();
            Report all = performance.report("All " + scenario.events(), i -> true);
            List<Report> parts = List.of(
                    performance.report("Before " + scenario.change(), i -> performance.timeOf(i) < change),
                    performance.report("After " + scenario.change(), i -> performance.timeOf(i) >= change));
            performance.show(json, all, parts);
            whereNext(session, spec, specFile);
        }
        return ExitCode.DONE.code();
    }

    private void whereNext(Session session, EnsembleSpec spec, String specFile) throws InterruptedException {
        session.say("");
        session.say("Where to look next: " + specFile + " says what ran; README.md explains the topics;");
        session.say("  ./tributary replay " + specFile + " --embedded --events FILE.csv plays events of your own.");
        if (keep) {
            session.say("Still running until Ctrl-C: Kafka at " + spec.kafka().bootstrap() + ", schema registry at "
                    + spec.registry().url() + ",");
            session.say("  topics "
                    + String.join(
                            ", ",
                            spec.topics().predictions(),
                            spec.topics().weights(),
                            spec.topics().metrics(),
                            spec.topics().deadLetters())
                    + ".");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static List<PlayedEvent> encode(EnsembleSpec spec, SchemaRegistry registry, Scenario.Stream stream) {
        Path file = spec.events().schema();
        if (file == null) {
            throw new UserError(spec.file() + " names no events.schema, which the demo writes with; restore it");
        }
        Schema schema = SpecFiles.schema(file);
        RecordWriter writer =
                new RecordWriter(schema, registry.register(spec.events().topic() + "-value", schema));
        List<PlayedEvent> encoded = new ArrayList<>();
        for (Iterator<Scenario.Simulated> each = stream.events(); each.hasNext(); ) {
            Scenario.Simulated event = each.next();
            // The examples have no sequences, so there is no key.
            encoded.add(new PlayedEvent(
                    event.id(), event.timeMillis(), writer.write(record(event, schema)), event.label(), null));
        }
        return encoded;
    }

    private static GenericData.Record record(Scenario.Simulated event, Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = event.fields().get(field.name());
            record.put(
                    field.pos(),
                    value instanceof Double number && field.schema().getType() == Schema.Type.INT
                            ? (Object) number.intValue()
                            : value);
        }
        return record;
    }
}
