package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.app.embedded.StackStartException;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.SpecException;
import io.tributary.schemas.RegistryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command itself, which only knows its sub-commands and how failures end. */
@Command(
        name = "tributary",
        mixinStandardHelpOptions = true,
        version = "tributary 0.1.0",
        description =
                "Scores a stream of events with several models and learns from late labels how far to trust each.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            DashboardCommand.class,
            ExplainCommand.class,
            ReplayCommand.class,
            ValidateCommand.class,
            BacktestCommand.class,
            FitCommand.class,
            GenerateCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            StopCommand.class,
            PublishCommand.class,
            PromoteCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Begin with:     tributary demo",
            "Then:           tributary validate SPEC, tributary run SPEC",
            "To measure:     tributary bench, which is built when it is asked for",
            "Each command has --help.",
            "Exit codes:     0 done, 1 failed, 2 wrong usage or a spec with problems,",
            "                130 interrupted"
        })
public final class Tributary {

    /** The exit code of a command that failed. */
    static final int FAILED = 1;

    /** The exit code for wrong usage or a spec with problems. */
    static final int WRONG = 2;

    private Tributary() {}

    /** Takes over the run's temporary folder, and has everything stopped and deleted when the JVM ends. To be called once. */
    public static void prepare() {
        Session.closeAtExit(WorkDirectory.create());
    }

    /**
     * Runs the command that the arguments name and returns its exit code.
     *
     * @param more commands beside those of this module
     */
    public static int run(String[] args, Object... more) {
        CommandLine command = command();
        for (Object each : more) {
            command.addSubcommand(each);
        }
        return command.setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    }

    static CommandLine command() {
        return new CommandLine(new Tributary())
                .setExecutionExceptionHandler(Tributary::explain)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (Session.isStopping()) {
            // Ctrl-C pulls everything away under the running command: what fails then is no news.
            return FAILED;
        }
        boolean verbose = parsed.originalArgs().contains("--verbose");
        boolean expected = failure instanceof UserError
                || failure instanceof SpecException
                || failure instanceof MemberException
                || failure instanceof RegistryException
                || failure instanceof StackStartException;
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println(expected ? message : "unexpected failure: " + failure);
        if (verbose) {
            failure.printStackTrace(command.getErr());
        } else if (!expected) {
            command.getErr().println("Run it again with --verbose to see where.");
        }
        command.getErr().flush();
        return failure instanceof SpecException ? WRONG : FAILED;
    }
}
