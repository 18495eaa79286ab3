package io.tributary.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary topics}. */
@Command(
        name = "topics",
        header = "Make the topics of an ensemble, or check them.",
        description = "The topics that an ensemble reads and writes, and the schemas of their values in the registry.",
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand implements Runnable {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "tributary topics needs one of: create, check");
    }
}
