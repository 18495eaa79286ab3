package io.tributary.benchmarks.section;

import io.tributary.benchmarks.report.SectionResult;

/** A part of the benchmark that can be asked for by name. */
public interface Section {

    /** What it is called on the command line and in the names of files: one word in lower case. */
    String name();

    /** What it measures, as one line of the command's help. */
    String about();

    /** Whether it is part of a quick run that names no sections. */
    default boolean isQuick() {
        return false;
    }

    /** Measures. What it starts it gives to {@link Bench#closeAtEnd}. */
    SectionResult run(Bench bench) throws Exception;
}
