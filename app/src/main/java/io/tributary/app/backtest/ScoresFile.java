package io.tributary.app.backtest;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tributary.app.UserError;
import io.tributary.app.csv.CsvFiles;
import io.tributary.core.Labels;
import io.tributary.core.Task;
import io.tributary.core.backtest.Recording;
import io.tributary.core.member.MissingReason;
import io.tributary.schemas.IsoTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads members' scores and labels from comma-separated values with a header, compressed or not. An empty cell, or NaN,
 * is a member that did not answer, or a label that never came.
 */
public final class ScoresFile {

    private final Path file;
    private final Columns columns;
    private final Task task;
    private final double clip;
    private final List<double[]> scores = new ArrayList<>();
    private final List<double[]> incumbents = new ArrayList<>();
    private final List<double[]> labelAndTimes = new ArrayList<>();
    private long outOfRange;

    /**
     * Which columns hold what.
     *
     * @param members the members' scores; with several classes MEMBER.CLASS for each
     * @param classes the classes' names, as labels have them; empty unless there are several
     * @param incumbents scores that are compared with and not fused
     * @param label the label
     * @param eventTime when the event happened; null to go by rows
     * @param labelTime when its label became known; null to go by rows
     * @param unitMillis how many milliseconds one is where times are plain numbers
     */
    public record Columns(
            List<String> members,
            List<String> classes,
            List<String> incumbents,
            String label,
            @Nullable String eventTime,
            @Nullable String labelTime,
            double unitMillis) {}

    private ScoresFile(Path file, Columns columns, Task task, double clip) {
        this.file = file;
        this.columns = columns;
        this.task = task;
        this.clip = clip;
    }

    /**
     * Reads a file.
     *
     * @param clip probabilities are moved this far off 0 and 1
     * @param delayRows how many rows late labels are, where they have no times
     * @throws UserError if it cannot be read, lacks a column, or has a cell that is not what it must be
     */
    public static Recorded read(Path file, Columns columns, Task task, double clip, int delayRows) {
        ScoresFile reading = new ScoresFile(file, columns, task, clip);
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(CsvFiles.reader(file))) {
            Iterator<CsvRecord> each = rows.iterator();
            if (!each.hasNext()) {
                throw new UserError(file + " is empty, must have a header and rows");
            }
            reading.rows(each);
        } catch (IOException e) {
            throw new UserError(
                    file + " cannot be read: " + e + "; it must be comma-separated values, perhaps gzipped", e);
        }
        if (reading.scores.isEmpty()) {
            throw new UserError(file + " has a header and no row; there is nothing to backtest");
        }
        return reading.recorded(delayRows);
    }

    private void rows(Iterator<CsvRecord> each) {
        List<String> header =
                each.next().getFields().stream().map(String::strip).toList();
        int[] memberAt = at(header, memberColumns(columns.members(), columns.classes()));
        int[] incumbentAt = at(header, columns.incumbents());
        int labelAt = at(header, List.of(columns.label()))[0];
        int eventAt = columns.eventTime() == null ? -1 : at(header, List.of(columns.eventTime()))[0];
        int knownAt = columns.labelTime() == null ? -1 : at(header, List.of(columns.labelTime()))[0];
        while (each.hasNext()) {
            CsvRecord row = each.next();
            if (row.getFieldCount() != header.size()) {
                throw bad(row, "has " + row.getFieldCount() + " cells, the header " + header.size(), "");
            }
            scores.add(
                    scores(row, header, memberAt, Math.max(1, columns.classes().size())));
            incumbents.add(scores(row, header, incumbentAt, 1));
            labelAndTimes.add(
                    new double[] {label(row, labelAt), time(row, header, eventAt), time(row, header, knownAt)});
        }
    }

    /** The columns that hold the members' scores. */
    static List<String> memberColumns(List<String> members, List<String> classes) {
        return classes.isEmpty()
                ? members
                : members.stream()
                        .flatMap(member -> classes.stream().map(name -> member + "." + name))
                        .toList();
    }

    private int[] at(List<String> header, List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw new UserError(
                    "two of the columns " + String.join(", ", names) + " are the same; rename a member or a class");
        }
        List<String> absent =
                names.stream().filter(name -> !header.contains(name)).toList();
        if (!absent.isEmpty()) {
            throw new UserError(
                    file + " has no column " + String.join(", ", absent) + "; it has " + String.join(", ", header));
        }
        return names.stream().mapToInt(header::indexOf).toArray();
    }

    /** Scores of {@code width} numbers each; one that cannot be used is NaN altogether. */
    private double[] scores(CsvRecord row, List<String> header, int[] at, int width) {
        double[] read = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            read[i] = number(row, header.get(at[i]), row.getField(at[i]));
        }
        for (int from = 0; from < read.length; from += width) {
            MissingReason reason = MissingReason.of(task, read, from, width);
            if (reason != null) {
                outOfRange += reason == MissingReason.OUT_OF_RANGE ? 1 : 0;
                Arrays.fill(read, from, from + width, Double.NaN);
            }
        }
        for (int i = 0; i < read.length; i++) {
            read[i] = task.isClasses() ? Math.min(1 - clip, Math.max(clip, read[i])) : read[i];
        }
        return read;
    }

    private double label(CsvRecord row, int at) {
        String text = row.getField(at).strip();
        try {
            return new Labels(task, columns.classes()).parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(row, columns.label() + " is '" + text + "'", ", " + e.getMessage());
        }
    }

    private double time(CsvRecord row, List<String> header, int at) {
        if (at < 0) {
            return Double.NaN;
        }
        String text = row.getField(at).strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        Long iso = IsoTime.parse(text);
        return iso != null ? iso : number(row, header.get(at), text) * columns.unitMillis();
    }

    private double number(CsvRecord row, String column, String cell) {
        String text = cell.strip();
        if (Labels.isNothing(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw bad(row, column + " is '" + text + "'", ", must be a number, or empty for none");
        }
    }

    private UserError bad(CsvRecord row, String what, String rule) {
        return new UserError(file + ":" + row.getStartingLineNumber() + ": " + what + rule);
    }

    private Recorded recorded(int delayRows) {
        List<String> notes = new ArrayList<>();
        int rows = scores.size();
        int[] order = IntStream.range(0, rows).toArray();
        if (columns.eventTime() != null) {
            order = inTime(notes);
        }
        double[][] inOrder = new double[rows][];
        double[] labels = new double[rows];
        double[] events = new double[rows];
        double[] known = new double[rows];
        double[][] beside = new double[columns.incumbents().size()][rows];
        for (int t = 0; t < rows; t++) {
            int row = order[t];
            inOrder[t] = scores.get(row);
            labels[t] = labelAndTimes.get(row)[0];
            events[t] = labelAndTimes.get(row)[1];
            known[t] = labelAndTimes.get(row)[2];
            for (int i = 0; i < beside.length; i++) {
                beside[i][t] = incumbents.get(row)[i];
            }
            if (Double.isNaN(known[t])) {
                // Without a time of its own a label never came.
                known[t] = Double.POSITIVE_INFINITY;
            }
        }
        if (outOfRange > 0) {
            notes.add(outOfRange + (task.isClasses() ? " scores lie outside [0, 1]" : " scores are not finite")
                    + " and count as not answered");
        }
        Recording recording = columns.labelTime() != null
                ? Recording.timed(columns.members(), inOrder, labels, events, known)
                : Recording.delayed(columns.members(), inOrder, labels, delayRows);
        long[] times = columns.eventTime() == null
                ? null
                : Arrays.stream(events).mapToLong(time -> (long) time).toArray();
        return new Recorded(recording, times, columns.incumbents(), beside, notes);
    }

    /** The rows in the order of their event times; those of one time stay as they are. */
    private int[] inTime(List<String> notes) {
        boolean isSorted = true;
        for (int i = 0; i < labelAndTimes.size(); i++) {
            double time = labelAndTimes.get(i)[1];
            if (Double.isNaN(time)) {
                throw new UserError(file + ": row " + (i + 1) + " has no " + columns.eventTime()
                        + "; every event must have its time, or leave out --event-time");
            }
            isSorted &= i == 0 || labelAndTimes.get(i - 1)[1] <= time;
        }
        if (!isSorted) {
            notes.add("the rows were put in the order of " + columns.eventTime());
        }
        return IntStream.range(0, labelAndTimes.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> labelAndTimes.get(i)[1]))
                .mapToInt(i -> i)
                .toArray();
    }
}
