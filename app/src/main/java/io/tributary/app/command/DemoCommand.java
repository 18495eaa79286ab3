package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.app.demo.CardTransactions;
import io.tributary.app.demo.Transaction;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.report.Report;
import io.tributary.app.report.TextTable;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
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
                + "the learning plane (Kafka Streams), plays simulated card payments whose labels come a week late and whose "
                + "habits change halfway, and shows how the weights of the five members of examples/fraud follow.")
final class DemoCommand implements Callable<Integer> {

    private static final double DRIFT_AT = 0.5;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many payments. Default: ${DEFAULT-VALUE}.")
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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the final figures there as JSON.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Leave everything running at the end, until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        if (events < 1 || !(rate > 0)) {
            throw new UserError("--events is " + events + " and --rate is " + rate + ", both must be above 0");
        }
        try (Session session = new Session(System.out)) {
            EnsembleSpec written = SpecFiles.read(Session.home().resolve("examples/fraud/fraud.yaml"));
            session.say("Card fraud: " + written.members().size() + " members score " + TextTable.count(events)
                    + " payments, labels come a week late, habits change halfway.");
            EnsembleSpec spec = session.embedded(written);
            Performance performance = Performance.prepare(session, spec, 1, true);
            CardTransactions.Config config =
                    CardTransactions.Config.of(seed, events).withDriftAt(DRIFT_AT);
            performance.play(
                    encode(spec, performance.registry(), config), CardTransactions.LABEL_DELAY, new Pace.Rate(rate));
            long drift = config.driftTimeMillis();
            Report all = performance.report("All payments", i -> true);
            List<Report> parts = List.of(
                    performance.report("Before habits changed", i -> performance.timeOf(i) < drift),
                    performance.report("After habits changed", i -> performance.timeOf(i) >= drift));
            performance.show(all, parts);
            performance.writeJson(json, all, parts);
            whereNext(session, spec);
        }
        return 0;
    }

    private void whereNext(Session session, EnsembleSpec spec) throws InterruptedException {
        session.say("");
        session.say("Where to look next: examples/fraud/fraud.yaml says what ran; README.md explains the topics;");
        session.say(
                "  ./tributary replay examples/fraud/fraud.yaml --embedded --events FILE.csv plays events of your own.");
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

    private static List<PlayedEvent> encode(EnsembleSpec spec, SchemaRegistry registry, CardTransactions.Config config)
            throws IOException {
        Path file = spec.events().schema();
        if (file == null) {
            throw new UserError(spec.file() + " names no events.schema, which the demo writes with; restore it");
        }
        Schema schema = SpecFiles.schema(file);
        RecordWriter writer =
                new RecordWriter(schema, registry.register(spec.events().topic() + "-value", schema));
        List<PlayedEvent> encoded = new ArrayList<>();
        for (Iterator<Transaction> each = CardTransactions.stream(config); each.hasNext(); ) {
            Transaction payment = each.next();
            encoded.add(new PlayedEvent(
                    payment.id(),
                    payment.eventTimeMillis(),
                    writer.write(record(payment, schema)),
                    payment.fraud() ? 1 : 0));
        }
        return encoded;
    }

    private static GenericData.Record record(Transaction payment, Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("transaction_id", payment.id());
        record.put("tx_datetime", payment.eventTimeMillis());
        record.put("customer_id", payment.customerId());
        record.put("terminal_id", payment.terminalId());
        for (int i = 0; i < CardTransactions.COLUMNS.size(); i++) {
            String column = CardTransactions.COLUMNS.get(i);
            double value = payment.features()[i];
            boolean whole = schema.getField(column).schema().getType() == Schema.Type.INT;
            record.put(column, whole ? (Object) (int) value : (Object) value);
        }
        return record;
    }
}
