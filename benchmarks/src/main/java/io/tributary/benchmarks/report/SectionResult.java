package io.tributary.benchmarks.report;

import java.util.List;

/**
 * What a section has measured.
 *
 * @param name the section's name
 * @param title the heading of its page
 * @param note how it was measured, in Markdown
 * @param groups its tables
 */
public record SectionResult(String name, String title, String note, List<CaseGroup> groups) {

    /** Copies. */
    public SectionResult {
        groups = List.copyOf(groups);
    }
}
