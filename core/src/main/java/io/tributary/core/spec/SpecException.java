package io.tributary.core.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A spec that cannot be used, with every problem in it. */
public final class SpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SpecProblem> problems;

    /** Carries the given problems, at least one. */
    public SpecException(List<SpecProblem> problems) {
        super(problems.stream().map(SpecProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order of their lines. */
    public List<SpecProblem> problems() {
        return problems;
    }
}
