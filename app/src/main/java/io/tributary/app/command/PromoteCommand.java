package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UserError;
import io.tributary.app.report.Json;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tributary promote}. */
@Command(
        name = "promote",
        header = "Give a shadow its place in the fusion while the ensemble runs.",
        description =
                "Takes shadow: true from a member of the spec, raises the spec's version by one, publishes that, and writes it to "
                        + "the file once it scores. If it is refused, the file stays as it was.",
        footerHeading = "%nExample:%n",
        footer = "  tributary promote fraud.yaml next")
final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PublishOptions options = new PublishOptions();

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    @Parameters(index = "0", paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path specFile;

    @Parameters(index = "1", paramLabel = "MEMBER", description = "The shadow's name.")
    private String member;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        json.check();
        EnsembleSpec before = SpecFiles.read(specFile);
        String promoted = Promotion.of(Files.readString(specFile, StandardCharsets.UTF_8), before, member);
        // Beside the spec, since paths in it are relative to its folder.
        Path draft = specFile.toAbsolutePath().resolveSibling("." + specFile.getFileName() + ".promoted");
        try {
            Files.writeString(draft, promoted, StandardCharsets.UTF_8);
            EnsembleSpec spec = addresses.reached(SpecFiles.read(draft));
            options.publish(spec, json.lines());
            json.lines().done(PublishOptions.scores(spec));
            Files.move(draft, specFile, StandardCopyOption.REPLACE_EXISTING);
            json.show(
                    () -> Json.object()
                            .put("ensemble", spec.ensemble())
                            .put("version", spec.version())
                            .put("promoted", member)
                            .put("file", specFile.toString()),
                    () -> json.lines().done(member + " has its place; " + specFile + " says so, too"));
        } catch (IOException e) {
            throw new UserError("cannot write " + specFile + ": " + e, e);
        } finally {
            Files.deleteIfExists(draft);
        }
        return ExitCode.DONE.code();
    }
}
