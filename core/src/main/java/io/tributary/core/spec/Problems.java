package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects what is wrong with one spec, and passes on what its readers ask for. */
final class Problems {

    private static final int MAX_SHOWN = 80;

    private final String file;
    private final Consumer<SpecKey> asked;
    private final List<SpecProblem> found = new ArrayList<>();

    /**
     * None so far.
     *
     * @param asked told of each key that a reader asks for, whether the spec has it or not
     */
    Problems(String file, Consumer<SpecKey> asked) {
        this.file = file;
        this.asked = asked;
    }

    /** A reader asks for a key. */
    void asked(SpecKey key) {
        asked.accept(key);
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
