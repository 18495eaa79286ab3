package io.tributary.app.command;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Option(names = "--verbose", description = "Log what the planes do, and show where a failure came from.")
    private boolean verbose;
}
