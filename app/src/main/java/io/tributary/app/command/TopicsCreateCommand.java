package io.tributary.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Topics;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary topics create}. */
@Command(
        name = "create",
        header = "Make the topics of an ensemble that are missing.",
        description =
                "Makes the ensemble's own topics with the settings that it needs, as run and submit do, and registers the"
                        + " schemas of their values. Those that exist stay as they are: tributary topics check says whether they"
                        + " will do. The topics of events and of outcomes of your own are yours, and made with --inputs alone.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary topics create fraud.yaml",
            "  tributary topics create fraud.yaml --inputs --partitions 12 --replication 3"
        })
final class TopicsCreateCommand implements Callable<Integer> {

    private static final int MOST_PARTITIONS = 10_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final SpecOption ensemble = new SpecOption();

    @Option(names = "--inputs", description = "Make the topics of events and outcomes as well.")
    private boolean inputs;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "How many partitions predictions get, and with --inputs events and outcomes. Default: as many as the"
                            + " topic of outcomes has where these are copartitioned, else that of events, else 1.")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "How many brokers keep each topic. Default: as the broker is set up.")
    private @Nullable Short replication;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        if (partitions != null && (partitions < 1 || partitions > MOST_PARTITIONS)) {
            throw new UsageError("--partitions is " + partitions + ", must be from 1 to " + MOST_PARTITIONS);
        }
        if (replication != null && replication < 1) {
            throw new UsageError("--replication is " + replication + ", must be at least 1");
        }
        EnsembleSpec spec = ensemble.read();
        SchemaRegistry registry = SpecOption.registry(spec);
        try (Broker broker = Broker.connect(spec)) {
            registry.ping();
            int spread = partitions != null ? partitions : Topics.usualPartitions(spec, broker);
            List<String> made = Topics.prepare(
                    spec, broker, registry, inputs, new Topics.Size(spread, Optional.ofNullable(replication)));
            json.show(
                    () -> {
                        ObjectNode node = Json.object().put("ensemble", spec.ensemble());
                        Json.put(node, "created", made);
                        return node;
                    },
                    () -> tell(spec, made));
        }
        return ExitCode.DONE.code();
    }

    private void tell(EnsembleSpec spec, List<String> made) {
        Lines lines = json.lines();
        made.forEach(each -> lines.done(each + " made"));
        lines.done(
                made.isEmpty()
                        ? "all topics of " + spec.ensemble() + " are there already"
                        : "all topics of " + spec.ensemble() + " are there");
    }
}
