package io.tributary.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.ExitCode;
import io.tributary.app.UserError;
import io.tributary.app.backtest.BacktestJson;
import io.tributary.app.backtest.BacktestResult;
import io.tributary.app.backtest.BacktestRun;
import io.tributary.app.backtest.BacktestTable;
import io.tributary.app.backtest.Differences;
import io.tributary.app.backtest.Recorded;
import io.tributary.app.report.Json;
import io.tributary.app.report.TextTable;
import io.tributary.core.Weights;
import io.tributary.core.backtest.UnlabelledWeights;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.FittedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary fit}. */
@Command(
        name = "fit",
        header = "Learn initial weights from labelled history.",
        description = {
            "Lets an ensemble's members score recorded events, learns from their labels as the learning plane would, and "
                    + "writes the weights and the learner's state to a file.",
            "",
            "With initialWeights in the spec both planes start from that file instead of from equal weights, for as long "
                    + "as they have learned nothing newer."
        },
        footerHeading = "%nExample:%n",
        footer = "  tributary fit fraud.yaml --events history.csv.gz --label-delay 7d")
final class FitCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Mixin
    private final EventsOptions events = new EventsOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the weights. Default: ENSEMBLE.weights.avro beside the spec.")
    private @Nullable Path out;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        EnsembleSpec spec = SpecFiles.read(specFile);
        Path file = out != null ? out : specFile.resolveSibling(spec.ensemble() + ".weights.avro");
        Lines lines = json.lines();
        Recorded recorded = MemberScores.of(spec, events, lines);
        recorded.notes().forEach(lines::note);
        if (Arrays.stream(recorded.recording().labels()).allMatch(Double::isNaN)) {
            withoutLabels(spec, recorded, file);
        } else {
            withLabels(spec, recorded, file);
        }
        return ExitCode.DONE.code();
    }

    private void withLabels(EnsembleSpec spec, Recorded recorded, Path file) {
        Lines lines = json.lines();
        BacktestResult result =
                new BacktestRun(recorded, BacktestRun.Scope.ALL, false, lines).run(List.of(spec.plan()), List.of());
        WeightFold learned = result.learned(0);
        long nowMillis = System.currentTimeMillis();
        Weights global = learned.weights(nowMillis);
        List<Weights> weights = new ArrayList<>(learned.segmentWeights(0, nowMillis));
        weights.add(global);
        write(weights, learned, file);
        Differences differences = Differences.of(result);
        json.show(() -> forPrograms(global, file).set("figures", BacktestJson.of(result, differences)), () -> {
            lines.say(BacktestTable.of(result, differences));
            lines.say("weights of " + TextTable.count(learned.version()) + " labels written to " + file);
            howToUse(file, lines);
        });
    }

    /** Members can be told apart a little by how far they agree with each other. */
    private void withoutLabels(EnsembleSpec spec, Recorded recorded, Path file) {
        if (!UnlabelledWeights.suit(spec.plan())) {
            throw new UserError("no event has a label, so nothing can be learned; is " + spec.target()
                    + ", the spec's target, the right column? Without labels only three or more members of a binary"
                    + " ensemble whose fusion has weights can be told apart");
        }
        Weights weights = UnlabelledWeights.of(recorded.recording(), spec.plan(), System.currentTimeMillis());
        write(List.of(weights), new WeightFold(spec), file);
        json.show(() -> forPrograms(weights, file), () -> {
            Lines lines = json.lines();
            lines.say("");
            lines.say("No event has a label: members are weighted by how far their scores agree, until labels come.");
            for (int k = 0; k < weights.members().length; k++) {
                lines.say(String.format(Locale.ROOT, "  %-12s %.3f", weights.members()[k], weights.weight(k)));
            }
            lines.say("");
            lines.say("weights of no label written to " + file);
            howToUse(file, lines);
        });
    }

    private void howToUse(Path file, Lines lines) {
        lines.say("To start from them, put this in " + specFile + ":");
        lines.say("  initialWeights: "
                + (out == null
                        ? String.valueOf(file.getFileName())
                        : out.toAbsolutePath().toString()));
    }

    private static ObjectNode forPrograms(Weights weights, Path file) {
        ObjectNode node = Json.object();
        node.put("ensemble", weights.ensemble()).put("file", file.toString()).put("labels", weights.version());
        ObjectNode byMember = node.putObject("weights");
        for (int k = 0; k < weights.members().length; k++) {
            Json.put(byMember, weights.members()[k], weights.weight(k));
        }
        return node;
    }

    private static void write(List<Weights> weights, WeightFold learned, Path file) {
        try {
            new FittedWeights(weights, learned.snapshot()).write(file);
        } catch (IOException e) {
            throw new UserError("the weights cannot be written to " + file + ": " + e + "; correct --out", e);
        }
    }
}
