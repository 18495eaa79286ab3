package io.tributary.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A section's results as a page of tables: each figure as median [least–greatest]. */
public final class MarkdownPage {

    private static final String NOTHING = "–";

    private MarkdownPage() {}

    /** The page's text. */
    public static String of(SectionResult section, Run run) {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(section.title())
                .append("\n\n```\n")
                .append(run.command())
                .append("\n```\n\n");
        page.append(run.date()).append(", ").append(run.machine().line());
        page.append(". Median [least–greatest] of the repeats.\n");
        paragraph(page, section.note());
        for (CaseGroup group : section.groups()) {
            page.append("\n## ").append(group.title()).append('\n');
            paragraph(page, group.note());
            page.append('\n').append(table(group.cases()));
            for (LineChart chart : group.charts()) {
                page.append("\n![")
                        .append(chart.title())
                        .append("](")
                        .append(fileName(section, chart))
                        .append(")\n");
            }
        }
        return page.toString();
    }

    /** The file of a chart, beside the page. */
    public static String fileName(SectionResult section, LineChart chart) {
        return "bench-" + section.name() + "-" + chart.name() + ".svg";
    }

    private static void paragraph(StringBuilder page, String text) {
        if (!text.isBlank()) {
            page.append('\n').append(text.strip()).append('\n');
        }
    }

    /** A row a case, a column for each figure that any of them has. */
    static String table(List<CaseResult> cases) {
        Map<String, String> columns = new LinkedHashMap<>();
        cases.forEach(each -> each.figures().forEach(figure -> columns.putIfAbsent(figure.name(), heading(figure))));
        List<String> lines = new ArrayList<>();
        lines.add("| case | " + String.join(" | ", columns.values()) + " |");
        lines.add("| --- |" + " ---: |".repeat(columns.size()));
        for (CaseResult each : cases) {
            lines.add(columns.keySet().stream()
                    .map(name -> each.figure(name).map(Numbers::shown).orElse(NOTHING))
                    .collect(Collectors.joining(" | ", "| " + each.name() + " | ", " |")));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String heading(Figure figure) {
        return figure.unit().isEmpty() ? figure.name() : figure.name() + ", " + figure.unit();
    }
}
