package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.backtest.Recorded;
import io.tributary.app.backtest.ScoresFile;
import io.tributary.core.Labels;
import io.tributary.core.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which file holds members' scores, and what its columns mean. */
final class ScoresOptions {

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description =
                    "Comma-separated values with a header, gzipped or not. An empty score is a member that did not "
                            + "answer.")
    @Nullable
    Path file;

    @Option(names = "--members", paramLabel = "A,B", split = ",", description = "The columns of the members' scores.")
    List<String> members = new ArrayList<>();

    @Option(names = "--label", paramLabel = "COL", description = "The column of the label; empty where it never came.")
    @Nullable
    String label;

    @Option(
            names = "--incumbent",
            paramLabel = "A,B",
            split = ",",
            description = "Columns of scores to compare with that are not fused, such as those of the fusion in use.")
    List<String> incumbents = new ArrayList<>();

    @Option(
            names = "--event-time",
            paramLabel = "COL",
            description = "The column of the events' times: ISO 8601 or plain numbers.")
    @Nullable
    String eventTime;

    @Option(
            names = "--label-time",
            paramLabel = "COL",
            description = "The column of the times at which labels became known.")
    @Nullable
    String labelTime;

    @Option(
            names = "--time-unit",
            paramLabel = "U",
            defaultValue = "ms",
            description = "What one is where times are plain numbers: ms, s, m, h or d. Default: ${DEFAULT-VALUE}.")
    String timeUnit = "ms";

    @Option(
            names = "--delay",
            paramLabel = "N",
            description = "How many rows late a label is; 0, the default, if it is known before the next row.")
    @Nullable
    Integer delay;

    @Option(
            names = "--task",
            paramLabel = "T",
            description = "What scores are: binary, multiclass, regression or quantile. Default: binary.")
    @Nullable
    String task;

    @Option(
            names = "--classes",
            paramLabel = "A,B",
            split = ",",
            description = "For multiclass, the classes as labels name them; scores are in columns MEMBER.CLASS.")
    List<String> classes = new ArrayList<>();

    @Option(names = "--quantile", paramLabel = "Q", description = "For quantile, which, in (0, 1). Default: 0.5.")
    @Nullable
    Double quantile;

    /** Refuses what makes no sense together. */
    void check() {
        if (members.isEmpty() || label == null) {
            throw new UsageError("--scores needs --members and --label: the columns of " + file + " that hold them");
        }
        if (new HashSet<>(members).size() < members.size()) {
            throw new UsageError("--members names a column twice: " + String.join(", ", members));
        }
        if (delay != null && (delay < 0 || labelTime != null)) {
            throw new UsageError(
                    delay < 0
                            ? "--delay is " + delay + ", must be at least 0 rows"
                            : "--delay and --label-time both say how late labels are; leave one out");
        }
        if (labelTime != null && eventTime == null) {
            throw new UsageError("--label-time needs --event-time: a label's time means nothing without the events'");
        }
        if ((task() == Task.MULTICLASS) != (classes.size() > 1)) {
            throw new UsageError("--task multiclass and --classes go together, with at least two classes");
        }
        String problem = classes.isEmpty() ? null : Labels.problem(classes);
        if (problem != null) {
            throw new UsageError("--classes " + problem);
        }
        if (!classes.isEmpty() && !incumbents.isEmpty()) {
            throw new UsageError("--incumbent is a column of one score a row; it does not go with --task multiclass");
        }
        if (!(quantile() > 0 && quantile() < 1) && task() == Task.QUANTILE) {
            throw new UsageError("--quantile is " + quantile + ", must be in (0, 1)");
        }
        if (task() != Task.QUANTILE && quantile != null) {
            throw new UsageError("--quantile goes with --task quantile only; leave it out");
        }
    }

    /** Whether any of its options was given. */
    boolean isUsed() {
        return file != null
                || !members.isEmpty()
                || label != null
                || eventTime != null
                || labelTime != null
                || quantile != null
                || !classes.isEmpty()
                || delay != null
                || task != null
                || !incumbents.isEmpty();
    }

    Task task() {
        if (task != null && !Task.labels().contains(task)) {
            throw new UsageError("--task is " + task + ", must be one of " + String.join(", ", Task.labels()));
        }
        return task == null ? Task.BINARY : Task.of(task);
    }

    double quantile() {
        return task() != Task.QUANTILE ? Double.NaN : quantile == null ? 0.5 : quantile;
    }

    /** Reads the file. */
    Recorded read(double clip) {
        if (file == null || label == null) {
            throw new IllegalStateException("no file of scores was given");
        }
        ScoresFile.Columns columns =
                new ScoresFile.Columns(members, classes, incumbents, label, eventTime, labelTime, unitMillis());
        return ScoresFile.read(file, columns, task(), clip, delay == null ? 0 : delay);
    }

    private double unitMillis() {
        return switch (timeUnit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> throw new UsageError("--time-unit is " + timeUnit + ", must be ms, s, m, h or d");
        };
    }
}
