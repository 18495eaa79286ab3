package io.tributary.benchmarks.report;

import java.util.List;

/**
 * Lines over a number, such as a rate over the members.
 *
 * @param name the part of its file's name that tells it from others of its section
 * @param title what it shows
 * @param x what runs along the bottom; logarithmic where its values double, or would lie on each other otherwise
 * @param y what runs up the side, from 0
 * @param series at least one
 */
public record LineChart(String name, String title, String x, String y, List<Series> series) {

    /** Copies and checks. */
    public LineChart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("chart " + name + " has no series, must have at least one");
        }
    }

    /**
     * One line.
     *
     * @param name for the legend
     * @param points from left to right
     */
    public record Series(String name, List<Point> points) {

        /** Copies. */
        public Series {
            points = List.copyOf(points);
        }
    }

    /** One measured point. */
    public record Point(double x, double y) {}
}
