package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary validate}. */
@Command(
        name = "validate",
        header = "Check a spec and all that it names.",
        description = "Checks a spec, its model files, its rules and its schema, without starting anything. "
                + "Every problem is listed with its line; the exit code is 2 if there are any.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary validate fraud.yaml",
            "  tributary validate examples/fraud/fraud.yaml"
        })
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path spec;

    @Override
    public Integer call() {
        EnsembleSpec read = SpecFiles.read(spec);
        command.commandLine()
                .getOut()
                .println(spec + " is valid: ensemble " + read.ensemble() + ", version " + read.version() + ", members "
                        + String.join(", ", read.memberNames()));
        return ExitCode.DONE.code();
    }
}
