package io.tributary.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.look.HeldWeights;
import io.tributary.app.look.WeightsJson;
import io.tributary.app.look.WeightsText;
import io.tributary.app.plane.Broker;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary weights}. */
@Command(
        name = "weights",
        header = "Show the newest weights of an ensemble.",
        description =
                "Reads the topic of weights and shows the newest: how much each member counts, for all traffic and for"
                        + " each segment that has weights of its own, what they were learned from and when they were published."
                        + " The exit code is 1 if nothing has been learned yet.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary weights fraud.yaml",
            "  tributary weights fraud.yaml --segment DE --history 20",
            "  tributary weights fraud.yaml --json"
        })
final class WeightsCommand implements Callable<Integer> {

    private static final int MOST = 10_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final SpecOption ensemble = new SpecOption();

    @Option(names = "--segment", paramLabel = "NAME", description = "Show the weights of this segment alone.")
    private @Nullable String segment;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "Show the newest N as well, as far as the topic still holds them: it is compacted.")
    private @Nullable Integer history;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        if (history != null && (history < 1 || history > MOST)) {
            throw new UsageError("--history is " + history + ", must be from 1 to " + MOST);
        }
        EnsembleSpec spec = ensemble.read();
        try (Broker broker = Broker.connect(spec)) {
            if (broker.partitions(spec.topics().weights()).isEmpty()) {
                throw new UserError("there is no topic " + spec.topics().weights() + " at "
                        + spec.kafka().bootstrap() + ": " + spec.ensemble()
                        + " has never run there; start it with tributary run or submit");
            }
        }
        HeldWeights held =
                HeldWeights.read(spec, SpecOption.registry(spec), segment, history == null ? 1 : history, json.lines());
        Weights shown = shown(spec, held);
        long nowMillis = System.currentTimeMillis();
        json.show(() -> forPrograms(spec, held, shown, nowMillis), () -> tell(spec, held, shown, nowMillis));
        return ExitCode.DONE.code();
    }

    private Weights shown(EnsembleSpec spec, HeldWeights held) {
        Weights shown = segment == null ? held.global() : held.segment(segment);
        if (shown != null) {
            return shown;
        }
        if (segment == null || held.global() == null) {
            throw new UserError(spec.ensemble() + " has learned nothing yet: "
                    + spec.topics().weights() + " holds no weights, and all members weigh the same until labels come");
        }
        String others = held.segments().isEmpty()
                ? "no segment has"
                : "there are " + held.segments().stream().map(Weights::segment).collect(Collectors.joining(", "));
        throw new UserError(
                "segment " + segment + " has no weights of its own and is fused by those of all traffic; " + others);
    }

    private void tell(EnsembleSpec spec, HeldWeights held, Weights shown, long nowMillis) {
        Lines lines = json.lines();
        WeightsText.of(spec, shown, nowMillis).forEach(lines::say);
        if (segment == null && !held.segments().isEmpty()) {
            lines.say("");
            lines.say("Segments with weights of their own");
            WeightsText.segments(held.segments()).forEach(lines::say);
        }
        if (history != null) {
            List<Weights> newest = held.history();
            lines.say("");
            lines.say(newest.size() < history ? "All that the topic still holds" : "The newest " + newest.size());
            WeightsText.history(newest).forEach(lines::say);
        }
    }

    private ObjectNode forPrograms(EnsembleSpec spec, HeldWeights held, Weights shown, long nowMillis) {
        ObjectNode node = WeightsJson.of(spec, shown, nowMillis);
        if (segment == null) {
            ArrayNode segments = node.putArray("segments");
            held.segments().forEach(each -> segments.add(WeightsJson.of(spec, each, nowMillis)));
        }
        if (history != null) {
            ArrayNode newest = node.putArray("history");
            held.history().forEach(each -> newest.add(WeightsJson.of(spec, each, nowMillis)));
        }
        return node;
    }
}
