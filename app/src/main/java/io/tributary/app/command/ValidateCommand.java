package io.tributary.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.ExitCode;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecException;
import io.tributary.core.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tributary validate}. */
@Command(
        name = "validate",
        header = "Check a spec and all that it names.",
        description = "Checks a spec, its model files, its rules and its schema, without starting anything. "
                + "Every problem is listed with its line; the exit code is 2 if there are any.",
        footerHeading = "%nExamples:%n",
        footer = {"  tributary validate fraud.yaml", "  tributary validate fraud.yaml --json"})
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path spec;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        try {
            EnsembleSpec read = SpecFiles.read(spec);
            String valid = spec + " is valid: ensemble " + read.ensemble() + ", version " + read.version()
                    + ", members " + String.join(", ", read.memberNames());
            json.show(() -> valid(read), () -> json.lines().say(valid));
            return ExitCode.DONE.code();
        } catch (SpecException e) {
            json.show(() -> invalid(e.problems()), () -> {});
            throw e;
        }
    }

    private ObjectNode valid(EnsembleSpec read) {
        ObjectNode node = Json.object().put("file", spec.toString()).put("valid", true);
        node.put("ensemble", read.ensemble()).put("version", read.version());
        Json.put(node, "members", read.memberNames());
        node.putArray("problems");
        return node;
    }

    private ObjectNode invalid(List<SpecProblem> problems) {
        ObjectNode node = Json.object().put("file", spec.toString()).put("valid", false);
        ArrayNode list = node.putArray("problems");
        problems.forEach(each -> list.addObject()
                .put("file", each.file())
                .put("line", each.line())
                .put("message", each.message()));
        return node;
    }
}
