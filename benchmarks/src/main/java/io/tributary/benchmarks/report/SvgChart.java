package io.tributary.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A {@link LineChart} as SVG, in colours that can be told apart, also by the colour-blind. Its ground is light or dark as
 * the reader's system is, whatever the page is that it stands on.
 */
public final class SvgChart {

    private static final int HEIGHT = 400;
    private static final int LEFT = 90;
    private static final int PLOT = 500;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int MOST_TICKS = 8;
    private static final int LEGEND = 34;
    private static final int LEGEND_LINE = 20;

    /** Of a letter in the font below, a wide one; what renders it may have another font. */
    private static final double LETTER = 7.2;

    /** Points that are closer than this share of the axis cannot be told apart. */
    private static final double CLOSE = 0.03;

    private static final String[] ON_LIGHT = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#777777"
    };
    private static final String[] ON_DARK = {"#4aa3df", "#f07f3c", "#2cc295", "#e3a5c7", "#f2b632", "#9bd7f7", "#aaaaaa"
    };
    private static final String STYLE = """
            <style>
            text { font: 13px sans-serif; fill: #222 } .title { font-size: 15px; font-weight: bold }
            .ground { fill: #fff } .axis { stroke: #222 } .grid { stroke: #8884 } .line { fill: none; stroke-width: 2 }
            %s@media (prefers-color-scheme: dark) {
            text { fill: #ddd } .ground { fill: #0d1117 } .axis { stroke: #ddd }
            %s}
            </style>
            """;

    private final LineChart chart;
    private final StringBuilder svg = new StringBuilder();
    private final int width;
    private final boolean logarithmic;
    private final double least;
    private final double left;
    private final double right;
    private final double step;
    private final double top;

    private SvgChart(LineChart chart) {
        this.chart = chart;
        int letters = chart.series().stream()
                .mapToInt(series -> series.name().length())
                .max()
                .orElseThrow();
        this.width = LEFT + PLOT + LEGEND + (int) Math.ceil(LETTER * letters) + 10;
        this.logarithmic = isLogarithmic(xs().distinct().sorted().toArray());
        this.least = xs().filter(x -> x > 0).min().orElse(1);
        this.left = placed(xs().min().orElseThrow());
        this.right = placed(xs().max().orElseThrow());
        double highest = chart.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(LineChart.Point::y)
                .max()
                .orElseThrow();
        this.step = roundStep(highest / MOST_TICKS);
        this.top = Math.max(1, Math.ceil(highest / step)) * step;
    }

    /** The file's text. */
    public static String of(LineChart chart) {
        return new SvgChart(chart).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">%n",
                width, HEIGHT);
        add(STYLE, colours(ON_LIGHT), colours(ON_DARK));
        add("<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n", width, HEIGHT);
        text(LEFT, TOP - 22, "start", "title", chart.title());
        drawAxes();
        List<LineChart.Series> series = chart.series();
        for (int i = 0; i < series.size(); i++) {
            drawSeries(series.get(i), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private static String colours(String[] colours) {
        StringBuilder style = new StringBuilder();
        for (int i = 0; i < colours.length; i++) {
            style.append(".c").append(i).append(" { color: ").append(colours[i]).append(" }\n");
        }
        return style.toString();
    }

    private void drawAxes() {
        for (double y = 0; y <= top + step / 2; y += step) {
            line("grid", LEFT, y(y), LEFT + PLOT, y(y));
            text(LEFT - 8, y(y) + 4, "end", "", tick(y));
        }
        xs().distinct().forEach(x -> {
            line("axis", x(x), HEIGHT - BOTTOM, x(x), HEIGHT - BOTTOM + 5.0);
            text(x(x), HEIGHT - BOTTOM + 20, "middle", "", tick(x));
        });
        line("axis", LEFT, HEIGHT - BOTTOM, LEFT + PLOT, HEIGHT - BOTTOM);
        line("axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
        text(LEFT + PLOT / 2.0, HEIGHT - 18, "middle", "", chart.x() + (logarithmic ? ", logarithmic" : ""));
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        add(
                "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                middle, escaped(chart.y()));
    }

    private void drawSeries(LineChart.Series series, int index) {
        add("<g class=\"c%d\">%n", index % ON_LIGHT.length);
        StringBuilder points = new StringBuilder();
        for (LineChart.Point point : series.points()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"currentColor\"/>%n", x(point.x()), y(point.y()));
        }
        add(
                "<polyline class=\"line\" stroke=\"currentColor\" points=\"%s\"/>%n",
                points.toString().strip());
        double y = TOP + 8.0 + LEGEND_LINE * index;
        add(
                "<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"currentColor\"/>%n",
                LEFT + PLOT + LEGEND - 20, y - 6);
        text(LEFT + PLOT + LEGEND, y, "start", "", series.name());
        svg.append("</g>\n");
    }

    private DoubleStream xs() {
        return chart.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(LineChart.Point::x);
    }

    private double x(double value) {
        double share = right == left ? 0.5 : (placed(value) - left) / (right - left);
        return LEFT + 14 + share * (PLOT - 28);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    /** Logarithms; 0 is a tenth of the least. */
    private double placed(double x) {
        return logarithmic ? Math.log(x > 0 ? x : least / 10) : x;
    }

    /** Whether points double from one to the next, or would lie on each other otherwise. */
    static boolean isLogarithmic(double[] sorted) {
        int last = sorted.length - 1;
        if (last < 1 || sorted[0] < 0) {
            return false;
        }
        boolean doubled = true;
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 0; i < last; i++) {
            double steps = Math.log(sorted[i + 1] / sorted[i]) / Math.log(2);
            doubled &= sorted[i] > 0 && Math.rint(steps) == steps;
            gap = Math.min(gap, sorted[i + 1] - sorted[i]);
        }
        return (doubled && last > 1) || gap < CLOSE * (sorted[last] - sorted[0]);
    }

    /** A number at an axis: whole ones without places. */
    private static String tick(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Numbers.shown(value);
    }

    /** The least of 1, 2 or 5 times a power of ten that is no smaller. */
    static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, Double.MIN_NORMAL))));
        for (double times : new double[] {1, 2, 5}) {
            if (times * power >= least) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", style, x1, y1, x2, y2);
    }

    private void text(double x, double y, String anchor, String style, String text) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style, x, y, anchor, escaped(text));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
