package io.tributary.app.report;

import io.tributary.app.play.Tally;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures as lines of text, for people. */
public final class TextTable {

    private TextTable() {}

    /** A report's table, with what the differences are worth below it. */
    public static List<String> of(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.title() + ", " + count(report.events()) + " labelled events");
        List<Report.Row> rows = new ArrayList<>(report.members());
        rows.add(report.fused());
        rows.add(report.uniform());
        lines.addAll(table(rows, report.members().size(), report.task()));
        lines.addAll(differences(report));
        return lines;
    }

    /** Whose losses rose for good how often, and when first; nothing if there was no alarm. */
    public static List<String> alarms(List<Tally.AlarmAt> alarms) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        alarms.forEach(each -> counts.merge(each.alarm().scorer(), 1, Integer::sum));
        counts.forEach((scorer, count) -> {
            Tally.AlarmAt first = alarms.stream()
                    .filter(each -> each.alarm().scorer().equals(scorer))
                    .findFirst()
                    .orElseThrow();
            lines.add(String.format(
                    Locale.ROOT,
                    "drift: %s, after %s labels, mean loss %.4g before and %.4g since (%s)%s",
                    scorer,
                    count(first.labels()),
                    first.alarm().meanBefore(),
                    first.alarm().meanAfter(),
                    first.alarm().detector(),
                    count == 1 ? "" : ", and " + (count - 1) + " more"));
        });
        return lines;
    }

    /** The newest figures that the planes have published, while a run goes on. */
    public static List<String> live(EnsembleSpec spec, Tally tally) {
        Metrics metrics = tally.metrics();
        Weights weights = tally.weights();
        List<Report.Row> rows = new ArrayList<>();
        int size = spec.members().size();
        for (int i = 0; i < size + 2; i++) {
            Figures figures = metrics != null && i < metrics.figures().size()
                    ? metrics.figures().get(i)
                    : Figures.none(i < size ? spec.members().get(i).name() : i == size ? "fused" : "uniform");
            double weight = i >= size
                    ? Double.NaN
                    : weights == null || weights.members().length != size ? 1.0 / size : weights.weight(i);
            rows.add(new Report.Row(figures.scorer(), weight, figures));
        }
        return table(rows, size, spec.task());
    }

    private static List<String> table(List<Report.Row> rows, int members, Task task) {
        Column main = Column.main(task);
        Column other = Column.other(task);
        int width = Math.max(
                7, rows.stream().mapToInt(row -> row.name().length()).max().orElse(7));
        String line = "  " + "─".repeat(width + 44);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %-" + width + "s  %8s  %8s  %8s  %8s",
                "member",
                "weight",
                main.heading,
                other.heading,
                "answered"));
        lines.add(line);
        for (int i = 0; i < rows.size(); i++) {
            if (i == members) {
                lines.add(line);
            }
            Report.Row row = rows.get(i);
            Figures figures = row.figures();
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %8s  %8s  %8s  %8s",
                    row.name(),
                    number(row.weight(), "%.3f"),
                    number(figures.of(main.figure), main.format),
                    number(figures.of(other.figure), other.format),
                    number(100 * figures.answered(), "%.1f%%")));
        }
        return lines;
    }

    /** What the fused score is better or worse by, and how sure that is. */
    private static List<String> differences(Report report) {
        List<String> lines = new ArrayList<>();
        BlockBootstrap.Difference best = report.overBest();
        BlockBootstrap.Difference uniform = report.overUniform();
        if (best != null) {
            lines.add(difference(report.best() + ", the best member", best, report.task()));
        }
        if (uniform != null) {
            lines.add(difference("uniform", uniform, report.task()));
            lines.add("  (95 % intervals by a paired bootstrap over " + uniform.blocks() + " days)");
        }
        if (!lines.isEmpty()) {
            lines.add(
                    0,
                    String.format(
                            Locale.ROOT,
                            "  %-28s  %-31s %s",
                            "fused less",
                            Column.main(report.task()).heading,
                            Column.other(report.task()).heading));
            lines.add(0, "");
        }
        return lines;
    }

    private static String difference(String other, BlockBootstrap.Difference d, Task task) {
        return String.format(
                Locale.ROOT,
                "  %-28s  %-31s %s",
                other,
                interval(d.main(), Column.main(task).format),
                interval(d.other(), Column.other(task).format));
    }

    private static String interval(BlockBootstrap.Interval each, String format) {
        String signed = format.replace("%", "%+");
        return String.format(
                Locale.ROOT, signed + " [" + signed + ", " + signed + "]", each.difference(), each.low(), each.high());
    }

    /** A column of the table: its heading, figure and format. */
    private record Column(String heading, Figure figure, String format) {

        static Column main(Task task) {
            return switch (task) {
                case BINARY, MULTICLASS -> new Column("log loss", Figure.LOG_LOSS, "%.5f");
                case REGRESSION -> new Column("RMSE", Figure.RMSE, "%.2f");
                case QUANTILE -> new Column("pinball", Figure.PINBALL, "%.3f");
            };
        }

        static Column other(Task task) {
            return switch (task) {
                case BINARY -> new Column("avg prec", Figure.AVERAGE_PRECISION, "%.4f");
                case MULTICLASS -> new Column("accuracy", Figure.ACCURACY, "%.4f");
                case REGRESSION, QUANTILE -> new Column("MAE", Figure.MAE, "%.2f");
            };
        }
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    /** A count with separators between thousands. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A bar of the given width that shows how much is done. */
    static String bar(double share, int width) {
        int full = (int) Math.round(Math.min(1, Math.max(0, share)) * width);
        return "█".repeat(full) + "░".repeat(width - full);
    }

    /** Seconds as minutes and seconds. */
    static String clock(@Nullable Double seconds) {
        if (seconds == null || seconds.isNaN() || seconds > 359_999) {
            return "–:––";
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
