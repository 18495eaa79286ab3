package io.tributary.core.member;

import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is known to answer: a file beside it, {@code MODEL.golden.csv}, written by whoever trained it. Its header
 * is the member's columns, in order, and {@code score}, or {@code score.CLASS} for each class; a row has the values that
 * the model is given, empty where missing, and its answer, empty where it has none. A model that answers otherwise was
 * damaged, or is read in another way than it was trained, and is refused.
 */
final class GoldenVectors {

    /** How far an answer may be off: other builds of an engine add up in another order. */
    static final double TOLERANCE = 1e-4;

    private static final String SCORE = "score";

    private final MemberSpec member;
    private final MemberSetup setup;
    private final Path file;

    private GoldenVectors(MemberSpec member, MemberSetup setup, Path file) {
        this.member = member;
        this.setup = setup;
        this.file = file;
    }

    /** Where a model's golden vectors are, if it has any. */
    static Path beside(Path model) {
        return model.resolveSibling(model.getFileName() + ".golden.csv");
    }

    /**
     * Has a member score its golden vectors; does nothing if it has none.
     *
     * @throws MemberException if it answers otherwise, or the file is not as it must be
     */
    static void check(Member opened, MemberSpec member, MemberSetup setup) {
        Path file = member.model() == null ? null : beside(member.model());
        if (file != null && Files.isRegularFile(file)) {
            new GoldenVectors(member, setup, file).check(opened);
        }
    }

    private void check(Member opened) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MemberException("member " + member.name() + ": " + file + " cannot be read (" + e + ")", e);
        }
        requireHeader(lines.isEmpty() ? "" : lines.get(0));
        FeatureBatch batch = new FeatureBatch(1, setup.columns().size());
        double[] answer = new double[setup.maxBatch() * setup.width()];
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).isBlank()) {
                continue;
            }
            double[] values = numbers(lines.get(line), line + 1);
            batch.clear();
            batch.add(row(values));
            Arrays.fill(answer, 0, setup.width(), Double.NaN);
            try {
                opened.score(batch, answer);
            } catch (Exception e) {
                throw refused(line + 1, "the model fails on it: " + e, e);
            }
            requireSame(values, answer, line + 1);
        }
    }

    private void requireHeader(String header) {
        List<String> names = List.of(header.strip().split(",", -1));
        int columns = member.columns().size();
        boolean fits = names.size() == columns + setup.width()
                && names.subList(0, columns).equals(member.columns())
                && names.subList(columns, names.size()).stream()
                        .allMatch(name -> setup.width() == 1 ? name.equals(SCORE) : name.startsWith(SCORE + "."));
        if (!fits) {
            List<String> wanted = new ArrayList<>(member.columns());
            wanted.add(setup.width() == 1 ? SCORE : SCORE + ".CLASS for each of " + setup.width() + " classes");
            throw refused(1, "it must be " + String.join(",", wanted), null);
        }
    }

    private double[] numbers(String line, int at) {
        String[] cells = line.strip().split(",", -1);
        int wanted = member.columns().size() + setup.width();
        if (cells.length != wanted) {
            throw refused(at, "it has " + cells.length + " values, must have " + wanted, null);
        }
        double[] values = new double[wanted];
        for (int i = 0; i < wanted; i++) {
            try {
                values[i] = cells[i].isBlank() ? Double.NaN : Double.parseDouble(cells[i].strip());
            } catch (NumberFormatException e) {
                throw refused(at, "'" + cells[i] + "' is no number", e);
            }
        }
        return values;
    }

    private float[] row(double[] values) {
        float[] row = new float[setup.columns().size()];
        Arrays.fill(row, Float.NaN);
        for (int i = 0; i < member.columns().size(); i++) {
            row[setup.columns().indexOf(member.columns().get(i))] = (float) values[i];
        }
        return row;
    }

    private void requireSame(double[] values, double[] answer, int at) {
        for (int c = 0; c < setup.width(); c++) {
            double expected = values[member.columns().size() + c];
            boolean same = Double.isNaN(expected)
                    ? Double.isNaN(answer[c])
                    : Math.abs(answer[c] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
            if (!same) {
                throw refused(at, "the model answers " + answer[c] + ", must answer " + expected, null);
            }
        }
    }

    private MemberException refused(int line, String why, @Nullable Exception cause) {
        return new MemberException(
                "member " + member.name() + ": golden vector " + file + ":" + line + ": " + why
                        + "; restore the model, or train and write both again",
                cause);
    }
}
