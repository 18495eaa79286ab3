package io.tributary.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary cluster}. */
@Command(
        name = "cluster",
        header = "Start or stop a Flink cluster on this machine.",
        description = "A JobManager and TaskManagers as processes of their own, to submit ensembles to.",
        subcommands = {ClusterStartCommand.class, ClusterStopCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class ClusterCommand implements Runnable {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "tributary cluster needs one of: start, stop");
    }
}
