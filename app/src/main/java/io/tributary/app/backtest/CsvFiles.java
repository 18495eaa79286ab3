package io.tributary.app.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes files of comma-separated values. */
final class CsvFiles {

    private CsvFiles() {}

    /** A writer of a new file, compressed if its name ends in {@code .gz}. */
    static CsvWriter writer(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
        return CsvWriter.builder().build(new OutputStreamWriter(packed, StandardCharsets.UTF_8));
    }
}
