package io.tributary.benchmarks;

import io.tributary.benchmarks.footprint.FootprintSection;
import io.tributary.benchmarks.latency.LatencySection;
import io.tributary.benchmarks.learning.LearningSection;
import io.tributary.benchmarks.micro.MicroSection;
import io.tributary.benchmarks.pipeline.PipelineSection;
import io.tributary.benchmarks.section.Section;
import java.util.List;
import picocli.CommandLine;

/** Where the JVM begins for {@code tributary bench}. */
public final class Main {

    /** In the order in which they are run. */
    private static final List<Section> SECTIONS = List.of(
            new PipelineSection(),
            new LatencySection(),
            new LearningSection(),
            new FootprintSection(),
            new MicroSection());

    private Main() {}

    /** Runs the command that the arguments name, this module's among them, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        io.tributary.app.Main.run(args, command());
    }

    static CommandLine command() {
        BenchCommand bench = new BenchCommand(SECTIONS);
        CommandLine command = new CommandLine(bench);
        List<String> description = new java.util.ArrayList<>(
                List.of(command.getCommandSpec().usageMessage().description()));
        description.addAll(List.of(bench.about()));
        command.getCommandSpec().usageMessage().description(description.toArray(String[]::new));
        return command;
    }
}
