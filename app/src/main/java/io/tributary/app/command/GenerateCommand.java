package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.app.demo.CardTransactions;
import java.io.IOException;
import java.nio.file.Path;
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
        header = "Write simulated card payments to a file.",
        description = "For training with examples/fraud/train.py, and for replay.")
final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

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
            description = "Habits change at this fraction of the stream, 0 to 1. Default: never.")
    private @Nullable Double driftAt;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file; compressed if it ends in .gz.")
    private Path out;

    @Override
    public Integer call() {
        CardTransactions.Config config;
        try {
            config = CardTransactions.Config.of(seed, events);
            config = driftAt == null ? config : config.withDriftAt(driftAt);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        try {
            long written = CardTransactions.writeCsv(CardTransactions.stream(config), out);
            command.commandLine().getOut().printf("%s: %,d payments%n", out, written);
        } catch (IOException e) {
            throw new UserError("cannot write " + out + ": " + e + "; correct --out", e);
        }
        return 0;
    }
}
