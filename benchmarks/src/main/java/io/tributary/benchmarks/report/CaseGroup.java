package io.tributary.benchmarks.report;

import java.util.List;

/**
 * Cases that share a table.
 *
 * @param title the table's heading
 * @param note what its reader must know, in Markdown; empty for nothing
 * @param cases its rows
 * @param charts drawn below it
 */
public record CaseGroup(String title, String note, List<CaseResult> cases, List<LineChart> charts) {

    /** Copies. */
    public CaseGroup {
        cases = List.copyOf(cases);
        charts = List.copyOf(charts);
    }
}
