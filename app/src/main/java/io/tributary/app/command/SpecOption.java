package io.tributary.app.command;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An ensemble that runs somewhere, of which a command asks or changes something: its files are not needed. */
final class SpecOption {

    @Parameters(paramLabel = "SPEC", description = "The ensemble's spec, a YAML file.")
    private Path file;

    @Mixin
    private final AddressOptions addresses = new AddressOptions();

    /** The spec with broker and registry where they are; what it names beside them is not looked at. */
    EnsembleSpec read() {
        return addresses.reached(SpecParser.parse(file));
    }

    /** The registry of a spec. */
    static SchemaRegistry registry(EnsembleSpec spec) {
        return new SchemaRegistry(spec.registry().url(), spec.registry().properties());
    }
}
