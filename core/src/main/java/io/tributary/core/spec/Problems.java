package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one spec. */
final class Problems {

    private static final int MAX_SHOWN = 80;

    private final String file;
    private final List<SpecProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String message) {
        found.add(new SpecProblem(file, line, message));
    }

    List<SpecProblem> inOrder() {
        return found.stream().sorted(Comparator.comparingInt(SpecProblem::line)).toList();
    }

    /** A value as messages show it: on one line, not too long, and visible when it is blank. */
    static String shown(String value) {
        String oneLine = value.replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (oneLine.isBlank()) {
            return "blank";
        }
        return oneLine.length() <= MAX_SHOWN ? oneLine : oneLine.substring(0, MAX_SHOWN) + "…";
    }
}
