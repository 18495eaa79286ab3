package io.tributary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A section's results in a folder: a page and its charts. */
public final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes them, over those of an earlier run.
     *
     * @return the page
     */
    public static Path write(Path folder, Run run, SectionResult section) throws IOException {
        Files.createDirectories(folder);
        for (CaseGroup group : section.groups()) {
            for (LineChart chart : group.charts()) {
                Files.writeString(folder.resolve(MarkdownPage.fileName(section, chart)), SvgChart.of(chart));
            }
        }
        return Files.writeString(folder.resolve("bench-" + section.name() + ".md"), MarkdownPage.of(section, run));
    }
}
