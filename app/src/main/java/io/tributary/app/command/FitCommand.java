package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UserError;
import io.tributary.app.backtest.BacktestResult;
import io.tributary.app.backtest.BacktestRun;
import io.tributary.app.backtest.BacktestTable;
import io.tributary.app.backtest.Differences;
import io.tributary.app.backtest.Recorded;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Mixin
    private final EventsOptions events = new EventsOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the weights. Default: ENSEMBLE.weights.avro beside the spec.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        EnsembleSpec spec = SpecFiles.read(specFile);
        Path file = out != null ? out : specFile.resolveSibling(spec.ensemble() + ".weights.avro");
        Lines lines = Lines.of(command);
        Recorded recorded = MemberScores.of(spec, events, lines);
        recorded.notes().forEach(lines::note);
        if (Arrays.stream(recorded.recording().labels()).allMatch(Double::isNaN)) {
            withoutLabels(spec, recorded, file, lines);
        } else {
            withLabels(spec, recorded, file, lines);
        }
        lines.say("To start from them, put this in " + specFile + ":");
        lines.say("  initialWeights: "
                + (out == null
                        ? String.valueOf(file.getFileName())
                        : out.toAbsolutePath().toString()));
        return ExitCode.DONE.code();
    }

    private static void withLabels(EnsembleSpec spec, Recorded recorded, Path file, Lines lines) {
        BacktestRun run = new BacktestRun(recorded, BacktestRun.Scope.ALL, false, lines::done);
        BacktestResult result = run.run(List.of(spec.plan()), List.of());
        WeightFold learned = result.learned(0);
        lines.say(BacktestTable.of(result, Differences.of(result)));
        long nowMillis = System.currentTimeMillis();
        List<Weights> weights = new ArrayList<>(learned.segmentWeights(0, nowMillis));
        weights.add(learned.weights(nowMillis));
        write(weights, learned, file);
        lines.say("weights of " + TextTable.count(learned.version()) + " labels written to " + file);
    }

    /** Members can be told apart a little by how far they agree with each other. */
    private static void withoutLabels(EnsembleSpec spec, Recorded recorded, Path file, Lines lines) {
        if (!UnlabelledWeights.suit(spec.plan())) {
            throw new UserError("no event has a label, so nothing can be learned; is " + spec.target()
                    + ", the spec's target, the right column? Without labels only three or more members of a binary"
                    + " ensemble whose fusion has weights can be told apart");
        }
        Weights weights = UnlabelledWeights.of(recorded.recording(), spec.plan(), System.currentTimeMillis());
        write(List.of(weights), new WeightFold(spec), file);
        lines.say("");
        lines.say("No event has a label: members are weighted by how far their scores agree, until labels come.");
        for (int k = 0; k < weights.members().length; k++) {
            lines.say(String.format(Locale.ROOT, "  %-12s %.3f", weights.members()[k], weights.weight(k)));
        }
        lines.say("");
        lines.say("weights of no label written to " + file);
    }

    private static void write(List<Weights> weights, WeightFold learned, Path file) {
        try {
            new FittedWeights(weights, learned.snapshot()).write(file);
        } catch (IOException e) {
            throw new UserError("the weights cannot be written to " + file + ": " + e + "; correct --out", e);
        }
    }
}
