package io.tributary.app.report;

import io.tributary.app.play.Tally;
import io.tributary.core.Weights;
import io.tributary.core.measure.DayBootstrap;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        lines.addAll(table(rows, report.members().size()));
        lines.addAll(differences(report));
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
                    : none(i < size ? spec.members().get(i).name() : i == size ? "fused" : "uniform");
            double weight = i >= size
                    ? Double.NaN
                    : weights == null || weights.logWeights().length != size
                            ? 1.0 / size
                            : StrictMath.exp(weights.logWeights()[i]);
            rows.add(new Report.Row(figures.scorer(), weight, figures));
        }
        return table(rows, size);
    }

    private static Figures none(String name) {
        return new Figures(name, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    private static List<String> table(List<Report.Row> rows, int members) {
        int width = Math.max(
                7, rows.stream().mapToInt(row -> row.name().length()).max().orElse(7));
        String line = "  " + "─".repeat(width + 44);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %-" + width + "s  %8s  %8s  %8s  %8s",
                "member",
                "weight",
                "log loss",
                "avg prec",
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
                    number(figures.logLoss(), "%.5f"),
                    number(figures.averagePrecision(), "%.4f"),
                    number(100 * figures.answered(), "%.1f%%")));
        }
        return lines;
    }

    /** What the fused score is better or worse by, and how sure that is. */
    private static List<String> differences(Report report) {
        List<String> lines = new ArrayList<>();
        DayBootstrap.Difference best = report.overBest();
        DayBootstrap.Difference uniform = report.overUniform();
        if (best != null) {
            lines.add(difference(report.best() + ", the best member", best));
        }
        if (uniform != null) {
            lines.add(difference("uniform", uniform));
            lines.add("  (95 % intervals by a paired bootstrap over " + uniform.days() + " days)");
        }
        if (!lines.isEmpty()) {
            lines.add(0, String.format(Locale.ROOT, "  %-28s  %-31s %s", "fused less", "log loss", "avg prec"));
            lines.add(0, "");
        }
        return lines;
    }

    private static String difference(String other, DayBootstrap.Difference d) {
        return String.format(
                Locale.ROOT,
                "  %-28s  %+.5f [%+.5f, %+.5f]  %+.4f [%+.4f, %+.4f]",
                other,
                d.logLoss(),
                d.logLossLow(),
                d.logLossHigh(),
                d.averagePrecision(),
                d.averagePrecisionLow(),
                d.averagePrecisionHigh());
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
