package io.tributary.app.command;

import io.tributary.app.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary completion}. */
@Command(
        name = "completion",
        header = "Print a script with which the shell completes commands and options.",
        description = {
            "Prints a script for the shell to read. Then TAB completes commands, options and the names of files.",
            "",
            "To have it in every shell, put the line below into ~/.bashrc or ~/.zshrc, with the whole path of tributary."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  source <(tributary completion bash)", "  source <(tributary completion zsh)"})
final class CompletionCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SHELL", description = "Which shell: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** Shells that are known; both read the same script, which asks which of them reads it. */
    private enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        CommandLine root = command.root().commandLine();
        Lines.of(command).say(AutoComplete.bash(root.getCommandName(), root).stripTrailing());
        return ExitCode.DONE.code();
    }
}
