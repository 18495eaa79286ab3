package io.tributary.benchmarks;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.command.CommonOptions;
import io.tributary.app.command.JsonOption;
import io.tributary.app.command.Screen;
import io.tributary.app.command.Session;
import io.tributary.benchmarks.report.JsonResults;
import io.tributary.benchmarks.report.Machine;
import io.tributary.benchmarks.report.MarkdownPage;
import io.tributary.benchmarks.report.ResultFiles;
import io.tributary.benchmarks.report.Run;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Progress;
import io.tributary.benchmarks.section.Section;
import io.tributary.benchmarks.section.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary bench}. */
@Command(
        name = "bench",
        header = "Measure the product on this machine.",
        description = {
            "Measures the product beside what bounds it and beside what one would write instead, in processes of their own, "
                    + "and writes tables and charts. Cases take turns, so that what else the machine does hits all alike: "
                    + "trust the ratios of one run, and compare no figures of two runs. Keep the machine idle meanwhile.",
            "",
            "Sections:"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary bench --quick                     where things stand, in three minutes",
            "  tributary bench --only pipeline --json f.json",
            "  tributary bench                             all of it, which takes its time"
        })
final class BenchCommand implements Callable<Integer> {

    private static final int REPEATS = 5;
    private static final int QUICK_REPEATS = 3;

    private final List<Section> sections;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--quick", description = "One shape of events, 3 members, three repeats: under 3 minutes in all.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "SECTION",
            split = ",",
            description =
                    "These sections alone. With --quick all that have a quick form are run unless this says which.")
    private List<String> only = List.of();

    @Option(
            names = "--cases",
            paramLabel = "TEXT",
            description = "Those cases alone whose names have this in them, such as 'image, 3 members'.")
    private @Nullable String cases;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "How often each case is measured. Default: 5, and 3 with --quick.")
    private @Nullable Integer repeats;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each load of section latency lasts. Default: 300.")
    private @Nullable Integer seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the tables and charts go. Default: benchmarks/results; with --quick they are only printed.")
    private @Nullable Path out;

    @Mixin
    private final JsonOption json = new JsonOption();

    /** A command that knows the given sections. */
    BenchCommand(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /** What the help says of each section. */
    String[] about() {
        return sections.stream()
                .map(section -> String.format("  %-9s %s", section.name(), section.about()))
                .toArray(String[]::new);
    }

    @Override
    public Integer call() throws Exception {
        int times = repeats != null ? repeats : quick ? QUICK_REPEATS : REPEATS;
        if (times < 1) {
            throw new UsageError("--repeats is " + times + ", must be at least 1");
        }
        json.check();
        List<Section> chosen = chosen();
        Progress progress = new Progress(System.err, Screen.isErr());
        List<SectionResult> results = new ArrayList<>();
        try (Session session = new Session(System.err)) {
            session.beforeStopping(progress::end);
            Bench bench = new Bench(new Settings(quick, times, cases, loadSeconds()), progress, session);
            Run run = run();
            for (Section section : chosen) {
                SectionResult result = section.run(bench);
                progress.end();
                results.add(result);
                show(run, result);
                json.keep(() -> JsonResults.of(run, results));
            }
            json.show(() -> JsonResults.of(run, results), () -> {});
        }
        return ExitCode.DONE.code();
    }

    private OptionalInt loadSeconds() {
        if (seconds != null && seconds < 1) {
            throw new UsageError("--seconds is " + seconds + ", must be at least 1");
        }
        return seconds == null ? OptionalInt.empty() : OptionalInt.of(seconds);
    }

    private List<Section> chosen() {
        List<String> names = sections.stream().map(Section::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new UsageError(
                        "--only names " + name + ", which is no section; there are " + String.join(", ", names));
            }
        }
        return sections.stream()
                .filter(section -> only.isEmpty() ? !quick || section.isQuick() : only.contains(section.name()))
                .toList();
    }

    private Run run() {
        List<String> typed = new ArrayList<>(List.of("./tributary"));
        typed.addAll(command.root().commandLine().getParseResult().originalArgs());
        return new Run(String.join(" ", typed), LocalDate.now(), Machine.here());
    }

    private void show(Run run, SectionResult result) {
        PrintWriter text = json.text();
        if (out == null && quick) {
            text.println(MarkdownPage.of(result, run));
        } else {
            Path folder =
                    out != null ? out : Session.home().resolve("benchmarks").resolve("results");
            text.println(writePage(folder, run, result));
        }
        text.flush();
    }

    private static Path writePage(Path folder, Run run, SectionResult result) {
        try {
            return ResultFiles.write(folder, run, result);
        } catch (IOException e) {
            throw new UserError("the results cannot be written to " + folder + ": " + e + "; correct --out", e);
        }
    }
}
