package io.tributary.core.spec;

/** Reads what becomes of a feature's numbers. */
final class NumberReader {

    private NumberReader() {}

    /** The logarithm and the scale, and nothing for a missing number, which is read once it is known to be one. */
    static NumberSteps scaling(Section section) {
        boolean log = section.flag("log", false);
        double mean = section.number("mean", 0, Double::isFinite, "a finite number");
        double scale = section.number("scale", 1, v -> v > 0 && Double.isFinite(v), "above 0");
        double min = section.number("min", 0, Double::isFinite, "a finite number");
        double max = section.number("max", 1, Double::isFinite, "a finite number");
        boolean clip = section.flag("clip", false);
        boolean ranged = section.has("min") && section.has("max");
        if (section.has("min") != section.has("max")) {
            String given = section.has("min") ? "min" : "max";
            section.problem(given, "stands alone; give both min and max, which become 0 and 1");
        } else if (ranged && max <= min) {
            section.badValue("max", section.text("max", ""), "must be above min, " + section.text("min", ""));
        }
        if (clip && !section.has("min") && !section.has("max")) {
            section.problem("clip", "goes with min and max only; remove it");
        }
        return ranged
                ? new NumberSteps(Double.NaN, log, min, max - min, clip)
                : new NumberSteps(Double.NaN, log, mean, scale, false);
    }

    /** The same with what stands in for a missing number. */
    static NumberSteps withMissing(Section section, NumberSteps steps) {
        if (section.text("missing", FeatureReader.KEEP).equals(FeatureReader.KEEP)) {
            return steps;
        }
        double missing = section.number(
                "missing", Double.NaN, Double::isFinite, "keep, or the number that stands in for a missing one");
        if (steps.log() && missing <= -1) {
            section.badValue("missing", section.text("missing", ""), "must be above -1, since log follows");
        }
        return new NumberSteps(missing, steps.log(), steps.shift(), steps.scale(), steps.clip());
    }
}
