package io.tributary.app.play;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tributary.app.UserError;
import io.tributary.app.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recorded events with their labels, in event-time order; those of one time stay in the order of the file.
 *
 * @param events the events
 * @param skipped how many rows could not be used
 * @param firstSkipped where and why the first of those was not used; null if all were
 */
public record RecordedEvents(
        List<PlayedEvent> events, int skipped, @Nullable String firstSkipped) {

    /**
     * Reads files of comma-separated values with a header, compressed with gzip or not.
     *
     * @param encoder makes the encoder for files with the given columns
     * @throws UserError if a file cannot be read, or holds no row that can be used
     */
    public static RecordedEvents read(List<Path> files, Function<FileColumns, RowEncoder> encoder) {
        List<PlayedEvent> events = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int skipped = 0;
        String firstSkipped = null;
        for (Path file : files) {
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(CsvFiles.reader(file))) {
                RowEncoder rowEncoder = null;
                for (Iterator<NamedCsvRecord> each = rows.iterator(); each.hasNext(); ) {
                    NamedCsvRecord row = each.next();
                    if (rowEncoder == null) {
                        rowEncoder = encoder.apply(new FileColumns(file.toString(), new HashSet<>(row.getHeader())));
                    }
                    try {
                        PlayedEvent event = rowEncoder.encode(row::getField);
                        if (!ids.add(event.id())) {
                            throw new RowEncoder.BadRowException("the id " + event.id() + " was used before");
                        }
                        events.add(event);
                    } catch (RowEncoder.BadRowException | RuntimeException e) {
                        if (e instanceof UserError) {
                            throw (UserError) e;
                        }
                        skipped++;
                        firstSkipped = firstSkipped != null
                                ? firstSkipped
                                : file + ":" + row.getStartingLineNumber() + ": " + e.getMessage();
                    }
                }
            } catch (IOException e) {
                throw new UserError(
                        file + " cannot be read: " + e + "; it must be comma-separated values, perhaps gzipped", e);
            }
        }
        if (events.isEmpty()) {
            throw new UserError("no event can be played"
                    + (firstSkipped == null
                            ? ": there is no row in " + files
                            : "; the first problem is " + firstSkipped));
        }
        events.sort(Comparator.comparingLong(PlayedEvent::timeMillis));
        return new RecordedEvents(events, skipped, firstSkipped);
    }

    /**
     * The columns of a file.
     *
     * @param file its name, for messages
     */
    public record FileColumns(String file, Set<String> columns) {}
}
