package io.tributary.app.command;

import picocli.CommandLine.Option;

/** How the planes run in this process. */
final class PlaneOptions {

    @Option(
            names = "--embedded",
            description =
                    "Start a Kafka broker and a schema registry here, instead of using those that the spec names.")
    boolean embedded;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many subtasks score, each with its own members. Default: ${DEFAULT-VALUE}.")
    int parallelism;
}
