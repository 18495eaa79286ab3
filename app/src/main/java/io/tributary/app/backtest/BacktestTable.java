package io.tributary.app.backtest;

import io.tributary.core.Task;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backtest's figures as lines of text. */
public final class BacktestTable {

    private BacktestTable() {}

    /** The table, with the differences and what was chosen below it. */
    public static List<String> of(BacktestResult result, Differences differences) {
        List<Column> columns = columns(result.plan().task());
        int width = result.scorers().stream()
                .mapToInt(scorer -> scorer.name().length())
                .max()
                .orElse(0);
        width = Math.max(width, 11);
        List<String> lines = new ArrayList<>();
        StringBuilder heading = new StringBuilder(String.format("  %-" + width + "s", ""));
        columns.forEach(column -> heading.append(String.format("  %9s", column.heading)));
        lines.add(heading.append("   answered").toString());
        String line = "  " + "─".repeat(heading.length() - 2);
        Scorer.Kind before = Scorer.Kind.MEMBER;
        lines.add(line);
        for (Scorer scorer : result.scorers()) {
            if (scorer.kind() == Scorer.Kind.LEARNER && before != Scorer.Kind.LEARNER) {
                lines.add(line);
            }
            before = scorer.kind();
            lines.add(row(scorer, columns, width));
        }
        differences(differences, lines);
        chosen(result, lines);
        return lines;
    }

    private static String row(Scorer scorer, List<Column> columns, int width) {
        StringBuilder row = new StringBuilder(String.format("  %-" + width + "s", scorer.name()));
        for (Column column : columns) {
            row.append(
                    String.format(Locale.ROOT, "  %9s", number(scorer.figures().of(column.figure), column.format)));
        }
        return row.append(String.format(
                        Locale.ROOT, "  %9s", number(100 * scorer.figures().answered(), "%.1f%%")))
                .toString();
    }

    private static void differences(Differences differences, List<String> lines) {
        int width = 0;
        for (Differences.Pair pair : differences.pairs()) {
            width = Math.max(width, (pair.learner() + " less " + pair.other()).length());
        }
        for (Differences.Pair pair : differences.pairs()) {
            BlockBootstrap.Interval main = pair.difference().main();
            BlockBootstrap.Interval other = pair.difference().other();
            if (pair == differences.pairs().get(0)) {
                lines.add("");
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-" + width + "s  %-33s  %s",
                        "",
                        main.figure().label(),
                        other.figure().label()));
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %-33s  %s",
                    pair.learner() + " less " + pair.other(),
                    interval(main),
                    interval(other)));
        }
        if (!differences.pairs().isEmpty()) {
            lines.add("  (95 % intervals by a paired bootstrap over " + differences.drawn() + ")");
        }
    }

    private static void chosen(BacktestResult result, List<String> lines) {
        for (Scorer learner : result.learners()) {
            Scorer.Run run = learner.run();
            if (run != null && run.tuned() != null) {
                lines.add("  " + learner.name() + ": "
                        + ChosenSettings.text(learner.name(), run.tuned().settings())
                        + ", of " + run.tuned().tried() + " settings");
            }
        }
    }

    private static String interval(BlockBootstrap.Interval each) {
        String format =
                each.figure() == Figure.LOG_LOSS || each.figure() == Figure.AVERAGE_PRECISION ? "%+.5f" : "%+.4g";
        return String.format(
                Locale.ROOT, format + " [" + format + ", " + format + "]", each.difference(), each.low(), each.high());
    }

    private record Column(String heading, Figure figure, String format) {}

    private static List<Column> columns(Task task) {
        Column logLoss = new Column("log loss", Figure.LOG_LOSS, "%.5f");
        Column brier = new Column("Brier", Figure.BRIER, "%.5f");
        Column accuracy = new Column("accuracy", Figure.ACCURACY, "%.4f");
        Column mae = new Column("MAE", Figure.MAE, "%.2f");
        Column coverage = new Column("coverage", Figure.COVERAGE, "%.3f");
        return switch (task) {
            case BINARY ->
                List.of(
                        logLoss,
                        brier,
                        new Column("avg prec", Figure.AVERAGE_PRECISION, "%.4f"),
                        new Column("AUC", Figure.AUC, "%.4f"),
                        new Column("F1", Figure.F1, "%.4f"),
                        accuracy);
            case MULTICLASS -> List.of(logLoss, brier, accuracy, new Column("macro F1", Figure.MACRO_F1, "%.4f"));
            case REGRESSION ->
                List.of(
                        new Column("RMSE", Figure.RMSE, "%.2f"),
                        mae,
                        new Column("MAPE", Figure.MAPE, "%.4f"),
                        coverage);
            case QUANTILE -> List.of(new Column("pinball", Figure.PINBALL, "%.3f"), mae, coverage);
        };
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
