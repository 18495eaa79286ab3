package io.tributary.app.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tributary.app.UserError;
import io.tributary.app.csv.CsvFiles;
import io.tributary.core.Labels;
import io.tributary.core.backtest.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Members' scores as {@link ScoresFile} reads them, so that members score once and learners are tried on what they said:
 * the columns {@value #EVENT_TIME}, {@value #LABEL_TIME}, one a member, and {@value #LABEL}.
 */
public final class ScoresOut {

    private static final String EVENT_TIME = "event_time";
    private static final String LABEL_TIME = "label_time";
    private static final String LABEL = "label";

    private ScoresOut() {}

    /**
     * Writes them.
     *
     * @param labels how they are written
     * @param labelDelayMillis how much later than its event a label was known
     * @throws UserError if the file cannot be written
     */
    public static void write(Recorded recorded, Labels labels, long labelDelayMillis, Path file) {
        Recording recording = recorded.recording();
        long[] times = recorded.timesMillis();
        if (times == null) {
            throw new IllegalArgumentException("the events have no times");
        }
        try (CsvWriter csv = CsvWriter.builder().build(CsvFiles.writer(file))) {
            List<String> header = new ArrayList<>(List.of(EVENT_TIME, LABEL_TIME));
            header.addAll(ScoresFile.memberColumns(recording.members(), labels.classes()));
            header.add(LABEL);
            csv.writeRecord(header);
            for (int t = 0; t < recording.rows(); t++) {
                List<String> row =
                        new ArrayList<>(List.of(Long.toString(times[t]), Long.toString(times[t] + labelDelayMillis)));
                for (double score : recording.scores()[t]) {
                    row.add(cell(score));
                }
                row.add(labels.text(recording.labels()[t]));
                csv.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UserError("the scores cannot be written to " + file + ": " + e + "; correct --scores-out", e);
        }
    }

    private static String cell(double score) {
        return Double.isNaN(score) ? "" : Double.toString(score);
    }
}
