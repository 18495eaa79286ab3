package io.tributary.benchmarks.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private static final int LARGE = 1000;
    private static final int DIGITS = 3;

    private Numbers() {}

    /** To three digits, or to whole ones with commas from 1,000 on; a dash for what is no number. */
    static String shown(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size >= LARGE) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        int before = size < 1 ? 1 : (int) Math.log10(size) + 1;
        int places = size == 0 ? 0 : Math.max(0, DIGITS - before);
        if (size > 0 && size < 1) {
            places = Math.min(6, DIGITS - 1 - (int) Math.floor(Math.log10(size)));
        }
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }

    /** Its median, and between which numbers it lay. */
    static String shown(Figure figure) {
        String median = shown(figure.median());
        return figure.samples().size() == 1
                ? median
                : median + " [" + shown(figure.min()) + "–" + shown(figure.max()) + "]";
    }
}
