package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.backtest.BacktestJson;
import io.tributary.app.backtest.BacktestResult;
import io.tributary.app.backtest.BacktestRun;
import io.tributary.app.backtest.BacktestTable;
import io.tributary.app.backtest.Differences;
import io.tributary.app.backtest.Recorded;
import io.tributary.app.backtest.ReportPage;
import io.tributary.app.backtest.ScoresOut;
import io.tributary.app.backtest.WeightsCsv;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary backtest}. */
@Command(
        name = "backtest",
        header = "Try learners and fusions on recorded data, with labels as late as they were.",
        description = {
            "Runs learners over recorded scores, or over recorded events that a spec's members score, by the same code as "
                    + "the planes and without Kafka. Each row is fused with what had been learned from the labels known "
                    + "by then.",
            "",
            "Members' scores come from a file with one column a member (--scores), or from the members of a spec "
                    + "(--spec and --events)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary backtest --scores scores.csv.gz --members a,b,c --label y \\",
            "      --delay 48 --learner auto,boa",
            "  tributary backtest --scores scores.csv --members a,b,c --label y \\",
            "      --event-time t --label-time known --learner fixed-share,stack \\",
            "      --holdout 0.15 --validation 0.15 --report report.html",
            "  tributary backtest --spec fraud.yaml --events events.csv \\",
            "      --label-delay 7d --report report.html"
        })
final class BacktestCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ScoresOptions scores = new ScoresOptions();

    @Mixin
    private final LearnerOptions learners = new LearnerOptions();

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "0",
            description = "Leave the first N rows out of the figures, not out of learning. Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(names = "--complete", description = "Report only the rows that every member answered. Default: all rows.")
    private boolean complete;

    @Option(
            names = "--holdout",
            paramLabel = "F",
            defaultValue = "0",
            description = "Report this last share of the rows alone, in [0, 1). Default: all rows.")
    private double holdout;

    @Option(
            names = "--validation",
            paramLabel = "F",
            defaultValue = "0",
            description = "Choose eta, alpha, prior, window and lambda by this share of the rows before the held-out "
                    + "ones, in [0, 1), by cross-validation. Default: choose nothing.")
    private double validation;

    @Option(
            names = "--against",
            paramLabel = "A,B",
            split = ",",
            description = "Compare every learner with these. Default: the best member and uniform.")
    private List<String> against = new ArrayList<>();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--weights-out",
            paramLabel = "FILE",
            description = "Write the weights that each row was fused with there, with 17 digits.")
    private @Nullable Path weightsOut;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page there that draws weights, regret, reliability and precision-recall curves.")
    private @Nullable Path page;

    @Option(names = "--spec", paramLabel = "SPEC", description = "Let the members of this ensemble score.")
    private @Nullable Path specFile;

    @Option(
            names = "--scores-out",
            paramLabel = "FILE",
            description = "With --spec, write the members' scores there, to be read with --scores the next time.")
    private @Nullable Path scoresOut;

    @Mixin
    private final EventsOptions events = new EventsOptions();

    @Override
    public Integer call() {
        if (warmup < 0 || !(holdout >= 0 && holdout < 1) || !(validation >= 0 && validation + holdout < 1)) {
            throw new UsageError("--warmup is " + warmup + ", --holdout " + holdout + " and --validation " + validation
                    + "; they must be at least 0, and the last two together less than 1");
        }
        if (validation > 0 && holdout == 0) {
            throw new UsageError(
                    "--validation needs --holdout: what was chosen by some rows must be reported on others");
        }
        json.check();
        for (Path out : outputs()) {
            Path folder = out.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new UserError("there is no folder for " + out + "; make it, or name another file");
            }
        }
        if ((scores.file == null) == (specFile == null)) {
            throw new UsageError(
                    scores.file == null
                            ? "either --scores FILE or --spec SPEC --events FILE says what to run over; see tributary backtest"
                                    + " --help"
                            : "--scores and --spec are two ways to say what to run over; leave one out");
        }
        if (specFile != null) {
            if (scores.isUsed()) {
                throw new UsageError(
                        "--members, --label, --event-time, --label-time, --delay, --task and --incumbent say"
                                + " what a file of scores holds; with --spec the spec does, and --label-delay how late labels are");
            }
            EnsembleSpec spec = SpecFiles.read(specFile);
            List<LearningPlan> plans = learners.plans(spec);
            Recorded recorded = MemberScores.of(spec, events, json.lines());
            if (scoresOut != null) {
                ScoresOut.write(recorded, spec.labels(), events.labelDelay().toMillis(), scoresOut);
            }
            run(recorded, plans);
        } else {
            if (events.isUsed()) {
                throw new UsageError(
                        "--events and --label-delay go with --spec; a file of scores says with --label-time or"
                                + " --delay how late labels are");
            }
            if (scoresOut != null) {
                throw new UsageError("--scores-out goes with --spec: there is nothing to score with --scores");
            }
            scores.check();
            List<LearningPlan> plans = learners.plans(scores);
            run(scores.read(plans.get(0).fusion().clip()), plans);
        }
        return ExitCode.DONE.code();
    }

    private void run(Recorded recorded, List<LearningPlan> plans) {
        Lines lines = json.lines();
        recorded.notes().forEach(lines::note);
        BacktestRun.Scope scope = new BacktestRun.Scope(warmup, validation, holdout, complete);
        boolean keepsWeights = weightsOut != null || page != null;
        BacktestResult result = new BacktestRun(recorded, scope, keepsWeights, lines).run(plans, against);
        Differences differences = Differences.of(result);
        lines.done("differences drawn over " + differences.drawn());
        json.show(() -> BacktestJson.of(result, differences), () -> lines.say(BacktestTable.of(result, differences)));
        if (weightsOut != null) {
            WeightsCsv.write(result, weightsOut);
        }
        if (page != null) {
            ReportPage.write(title(), result, differences, page);
        }
        outputs().forEach(file -> lines.say("written: " + file));
    }

    private String title() {
        Path named = scores.file != null ? scores.file : specFile;
        return named == null ? "" : String.valueOf(named.getFileName());
    }

    private List<Path> outputs() {
        List<Path> files = new ArrayList<>();
        for (Path each : new Path[] {scoresOut, weightsOut, page}) {
            if (each != null) {
                files.add(each);
            }
        }
        return files;
    }
}
