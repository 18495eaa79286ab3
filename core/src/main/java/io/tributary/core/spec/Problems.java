package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one spec. */
final class Problems {

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
}
