package io.tributary.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A {@link LineChart} as SVG, in colours that can be told apart, also by the colour-blind, on light and dark ground. */
public final class SvgChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 90;
    private static final int RIGHT = 190;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final int TICKS = 5;
    private static final int LEGEND_LINE = 20;
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999"
    };
    private static final String STYLE = """
            <style>
            text { font: 13px sans-serif; fill: #222 } .title { font-size: 15px; font-weight: bold }
            .axis { stroke: #222 } .grid { stroke: #8884 } .line { fill: none; stroke-width: 2 }
            @media (prefers-color-scheme: dark) { text { fill: #ddd } .axis { stroke: #ddd } }
            </style>
            """;

    private final LineChart chart;
    private final StringBuilder svg = new StringBuilder();
    private final boolean doubling;
    private final double left;
    private final double right;
    private final double step;
    private final double top;

    private SvgChart(LineChart chart) {
        this.chart = chart;
        this.doubling = xs().allMatch(x -> x >= 1 && Math.rint(log2(x)) == log2(x));
        this.left = placed(xs().min().orElseThrow());
        this.right = placed(xs().max().orElseThrow());
        double highest = chart.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(LineChart.Point::y)
                .max()
                .orElseThrow();
        this.step = roundStep(highest / TICKS);
        this.top = Math.max(1, Math.ceil(highest / step)) * step;
    }

    /** The file's text. */
    public static String of(LineChart chart) {
        return new SvgChart(chart).draw();
    }

    private String draw() {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n", WIDTH, HEIGHT);
        svg.append(STYLE);
        text(LEFT, TOP - 16, "start", "title", chart.title());
        drawAxes();
        List<LineChart.Series> series = chart.series();
        for (int i = 0; i < series.size(); i++) {
            drawSeries(series.get(i), COLOURS[i % COLOURS.length], i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void drawAxes() {
        for (double y = 0; y <= top + step / 2; y += step) {
            line("grid", LEFT, y(y), WIDTH - RIGHT, y(y));
            text(LEFT - 8, y(y) + 4, "end", "", Numbers.shown(y));
        }
        xs().distinct().forEach(x -> {
            line("axis", x(x), HEIGHT - BOTTOM, x(x), HEIGHT - BOTTOM + 5.0);
            text(x(x), HEIGHT - BOTTOM + 20, "middle", "", Numbers.shown(x));
        });
        line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
        line("axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 18, "middle", "", chart.x());
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        add(
                "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                middle, escaped(chart.y()));
    }

    private void drawSeries(LineChart.Series series, String colour, int index) {
        StringBuilder points = new StringBuilder();
        for (LineChart.Point point : series.points()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x(point.x()), y(point.y()), colour);
        }
        add(
                "<polyline class=\"line\" stroke=\"%s\" points=\"%s\"/>%n",
                colour, points.toString().strip());
        double y = TOP + 8.0 + LEGEND_LINE * index;
        add("<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"%s\"/>%n", WIDTH - RIGHT + 14, y - 6, colour);
        text(WIDTH - RIGHT + 34, y, "start", "", series.name());
    }

    private DoubleStream xs() {
        return chart.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(LineChart.Point::x);
    }

    private double x(double value) {
        double share = right == left ? 0.5 : (placed(value) - left) / (right - left);
        return LEFT + 14 + share * (WIDTH - LEFT - RIGHT - 28);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    private double placed(double x) {
        return doubling ? log2(x) : x;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
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
