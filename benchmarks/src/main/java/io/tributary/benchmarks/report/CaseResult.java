package io.tributary.benchmarks.report;

import java.util.List;
import java.util.Optional;

/**
 * One case and its figures.
 *
 * @param name what was measured, different for each case of a section; words apart by slashes
 * @param figures in the order in which they are shown, no two of a name
 */
public record CaseResult(String name, List<Figure> figures) {

    /** The name of the figure that says how near a case comes to what bounds it, from 0 to 1. */
    public static final String BOUND_RATIO = "boundRatio";

    /** Copies. */
    public CaseResult {
        figures = List.copyOf(figures);
    }

    /** The figure of a name; empty if it was not measured here. */
    public Optional<Figure> figure(String figureName) {
        return figures.stream().filter(each -> each.name().equals(figureName)).findFirst();
    }
}
