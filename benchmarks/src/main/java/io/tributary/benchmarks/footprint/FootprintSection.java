package io.tributary.benchmarks.footprint;

import io.tributary.app.command.Session;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fraud example on a small machine: the memory of all its processes, and the time to the first prediction. */
public final class FootprintSection implements Section {

    private static final String EXAMPLE = "fraud";
    private static final int EVENTS = 40_000;
    private static final int EVENTS_A_SECOND = 2_000;
    private static final double MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Pattern BROKER = Pattern.compile("Kafka broker up at (\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("schema registry up at (\\S+)");
    private static final Pattern RUNNING = Pattern.compile("^Running:");

    private static final String NOTE = """
            Started as a user does, everything built. Memory is the most that the command and all processes that it
            started held at once, sampled five times a second: what they share counted once (PSS), and with each of them
            (RSS). Times count from the start of the command: `demo` to the first prediction's append to its topic, `run
            --embedded` until it says that it runs. Then it is sent 40,000 payments and their labels at 2,000 a second by `./tributary replay`, which is
            not counted.""";

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String about() {
        return "memory of the fraud example on one machine, and time to the first prediction";
    }

    @Override
    public SectionResult run(Bench bench) throws Exception {
        // Builds what is not built, which is not to be measured.
        tributary(bench, List.of("validate", spec(example()).toString())).awaitEnd(PATIENCE.toMillis());
        Path events = bench.folder("footprint").resolve("events.csv");
        tributary(bench, List.of("generate", "--events", Integer.toString(EVENTS), "--out", events.toString()))
                .awaitEnd(PATIENCE.toMillis());
        List<Measured> demo = new ArrayList<>();
        List<Measured> run = new ArrayList<>();
        for (int i = 0; i < bench.settings().repeats(); i++) {
            bench.progress()
                    .doing("demo, " + (i + 1) + " of " + bench.settings().repeats());
            demo.add(demo(bench));
            bench.progress()
                    .doing("run --embedded, " + (i + 1) + " of "
                            + bench.settings().repeats());
            run.add(embedded(bench, events));
        }
        bench.progress().done(name());
        List<CaseResult> cases =
                List.of(result("demo", "first prediction", demo), result("run --embedded", "ready", run));
        return new SectionResult(
                name(),
                "What it asks of a machine",
                NOTE,
                List.of(new CaseGroup("The fraud example, five members", "", cases, List.of())));
    }

    /**
     * One run.
     *
     * @param startMillis from the start of the command until what it is for happens
     */
    private record Measured(ProcessMemory peak, long startMillis) {}

    private static Measured demo(Bench bench) throws InterruptedException {
        try (Launched demo = tributary(bench, List.of("demo", EXAMPLE))) {
            long first = firstMillis(demo);
            demo.awaitEnd(PATIENCE.toMillis());
            return new Measured(demo.peak(), first);
        }
    }

    private static Measured embedded(Bench bench, Path events) throws InterruptedException, IOException {
        List<String> command = List.of("run", spec(example()).toString(), "--embedded", "--query-port", "0");
        try (Launched run = tributary(bench, command)) {
            Path spec = reachedAt(
                    bench.folder("footprint-spec"),
                    await(run, BROKER).group(1),
                    await(run, REGISTRY).group(1));
            await(run, RUNNING);
            long ready = System.currentTimeMillis() - run.startMillis();
            List<String> play = List.of(
                    "replay",
                    spec.toString(),
                    "--events",
                    events.toString(),
                    "--label-delay",
                    "7d",
                    "--rate",
                    Integer.toString(EVENTS_A_SECOND));
            try (Launched replay = tributary(bench, play)) {
                replay.awaitEnd(PATIENCE.toMillis());
            }
            return new Measured(run.peak(), ready);
        }
    }

    private static Launched tributary(Bench bench, List<String> arguments) {
        return bench.closeAtEnd(Launched.start(Session.home(), arguments));
    }

    private static Matcher await(Launched command, Pattern wanted) throws InterruptedException {
        return command.await(wanted, PATIENCE.toMillis());
    }

    private static long firstMillis(Launched demo) throws InterruptedException {
        String bootstrap = await(demo, BROKER).group(1);
        return FirstRecord.appendedMillis(bootstrap, EXAMPLE + ".predictions", PATIENCE) - demo.startMillis();
    }

    private static Path example() {
        return Session.home().resolve("examples").resolve(EXAMPLE);
    }

    private static Path spec(Path folder) {
        return folder.resolve(EXAMPLE + ".yaml");
    }

    /** A copy of the example that says where the broker and the registry are. */
    private static Path reachedAt(Path folder, String bootstrap, String registry) throws IOException {
        Path example = example();
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(example.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path spec = spec(folder);
        String text = Files.readString(spec)
                .replaceFirst("bootstrap: \\S+", "bootstrap: " + bootstrap)
                .replaceFirst("url: \\S+", "url: " + registry);
        return Files.writeString(spec, text);
    }

    private static CaseResult result(String name, String started, List<Measured> runs) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "memory",
                "MiB",
                runs.stream().map(each -> each.peak().proportionalBytes() / MIB).toList()));
        figures.add(new Figure(
                "memory, shared counted with each",
                "MiB",
                runs.stream().map(each -> each.peak().residentBytes() / MIB).toList()));
        figures.add(new Figure(
                "processes",
                "",
                runs.stream().map(each -> (double) each.peak().processes()).toList()));
        figures.add(new Figure(
                started,
                "s",
                runs.stream().map(each -> each.startMillis() / 1e3).toList()));
        return new CaseResult(name, figures);
    }
}
