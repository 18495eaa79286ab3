package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.demo.Scenario;
import io.tributary.app.report.Journal;
import io.tributary.app.report.Json;
import io.tributary.app.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        Scenario scenario = chosen.scenario();
        OptionalDouble change = driftAt == null ? OptionalDouble.empty() : OptionalDouble.of(driftAt);
        long written = write(scenario, change);
        json.show(
                () -> Json.object()
                        .put("file", out.toString())
                        .put("example", scenario.name())
                        .put("events", written)
                        .put("seed", seed),
                () -> json.lines().say(out + ": " + TextTable.count(written) + " " + scenario.events()));
        return ExitCode.DONE.code();
    }

    private long write(Scenario scenario, OptionalDouble change) {
        try (Journal.Gauge gauge = json.lines().begin(scenario.events(), events)) {
            return scenario.stream(seed, events, change).writeCsv(out, gauge::at);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("cannot write " + out + ": " + e + "; correct --out", e);
        }
    }
}
