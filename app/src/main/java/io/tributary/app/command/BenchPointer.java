package io.tributary.app.command;

import io.tributary.app.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Where {@code tributary bench} stands in the help and in the shell's completion. What measures is in a module of its own,
 * which the launcher builds when it is asked for; there the real command takes this one's place.
 */
@Command(
        name = BenchPointer.NAME,
        header = "Measure the product on this machine.",
        description = "It is built when it is asked for: ./tributary bench --help says all about it.",
        footerHeading = "%nExample:%n",
        footer = "  tributary bench")
final class BenchPointer implements Callable<Integer> {

    static final String NAME = "bench";

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        throw new UserError(
                "bench is in a module of its own, which the launcher builds and starts: run ./tributary bench,"
                        + " with bench as the first word");
    }
}
