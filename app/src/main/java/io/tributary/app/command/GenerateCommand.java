package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary generate}. */
@Command(
        name = "generate",
        header = "Write a simulated world's events and their labels to a file.",
        description = "For training with the example's train.py, and for backtest, fit and replay.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary generate --out payments.csv.gz",
            "  tributary generate traffic --events 10000 --drift-at 0.5 --seed 7 --out readings.csv"
        })
final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Mixin
    private final ScenarioOption chosen = new ScenarioOption();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "80000",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--drift-at",
            paramLabel = "F",
            description = "The world changes at this fraction of the stream, 0 to 1. Default: never.")
    private @Nullable Double driftAt;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file; compressed if it ends in .gz.")
    private Path out;

    @Override
    public Integer call() {
        OptionalDouble change = driftAt == null ? OptionalDouble.empty() : OptionalDouble.of(driftAt);
        try {
            long written = chosen.scenario().stream(seed, events, change).writeCsv(out);
            command.commandLine()
                    .getOut()
                    .printf("%s: %,d %s%n", out, written, chosen.scenario().events());
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("cannot write " + out + ": " + e + "; correct --out", e);
        }
        return ExitCode.DONE.code();
    }
}
