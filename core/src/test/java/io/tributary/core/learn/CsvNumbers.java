package io.tributary.core.learn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A table of numbers with one line of headings, after any comments that begin with #; what is no number is NaN. */
record CsvNumbers(double[][] rows) {

    static CsvNumbers read(Path file) {
        try {
            if (!file.toString().endsWith(".gz")) {
                return of(Files.readAllLines(file));
            }
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
                return of(reader.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CsvNumbers of(List<String> lines) {
        return new CsvNumbers(lines.stream()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(CsvNumbers::number)
                        .toArray())
                .toArray(double[][]::new));
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Every row without its first columns. */
    double[][] columnsFrom(int first) {
        return Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, first, row.length))
                .toArray(double[][]::new);
    }
}
