package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.embedded.StackStartException;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.SpecException;
import io.tributary.schemas.RegistryException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command itself, which only knows its sub-commands, what the help begins with and how failures end. */
@Command(
        name = "tributary",
        mixinStandardHelpOptions = true,
        version = "tributary 0.1.0",
        description = {
            "Scores a stream of events with several models and learns from late labels how far to trust each.",
            "",
            "First steps:",
            "  tributary demo             see the whole of it, in two minutes",
            "  tributary validate SPEC    check a spec; examples/fraud/fraud.yaml is one",
            "  tributary run SPEC         run it; it says where the dashboard is",
            "  tributary status SPEC      ask how it does"
        },
        subcommands = {
            DemoCommand.class,
            GenerateCommand.class,
            ValidateCommand.class,
            FitCommand.class,
            TopicsCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            StatusCommand.class,
            WeightsCommand.class,
            ExplainCommand.class,
            DashboardCommand.class,
            PublishCommand.class,
            PromoteCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            StopCommand.class,
            BacktestCommand.class,
            HelpCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = "Each command has --help, with examples.")
public final class Tributary {

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
        return command(more).execute(args);
    }

    static CommandLine command(Object... more) {
        CommandLine command = new CommandLine(new Tributary());
        for (Object each : more) {
            command.addSubcommand(each);
        }
        if (!command.getSubcommands().containsKey(BenchPointer.NAME)) {
            command.addSubcommand(new BenchPointer());
        }
        describe(command);
        command.setParameterExceptionHandler(hinting(command.getParameterExceptionHandler()));
        return command.setExecutionExceptionHandler(Tributary::explain)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static void describe(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.exitCodeList(ExitCode.table());
        List<String> footer = new ArrayList<>(List.of(help.footer()));
        footer.add("All about it: README.md and docs in "
                + Session.home().toString().replace("%", "%%"));
        help.footer(footer.toArray(String[]::new));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroup::list);
        Objects.requireNonNull(command.getSubcommands().get("help"))
                .getCommandSpec()
                .usageMessage()
                .header("Show the help of a command.");
    }

    /** A word that was meant for something else is easily taken for the file of --json. */
    private static IParameterExceptionHandler hinting(IParameterExceptionHandler usual) {
        return (problem, arguments) -> {
            int code = usual.handleParseException(problem, arguments);
            if (problem instanceof MissingParameterException
                    && List.of(arguments).contains("--json")) {
                PrintWriter err = problem.getCommandLine().getErr();
                err.println("--json takes the word behind it for its file: put it last, or write --json=FILE.");
                err.flush();
            }
            return code;
        };
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (Session.isStopping()) {
            // Ctrl-C pulls everything away under the running command: what fails then is no news.
            return ExitCode.FAILED.code();
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
        boolean wrong = failure instanceof SpecException || failure instanceof UsageError;
        return (wrong ? ExitCode.WRONG : ExitCode.FAILED).code();
    }
}
