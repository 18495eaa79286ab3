package io.tributary.app.csv;

import io.tributary.app.UserError;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Opens files of text, compressed with gzip or not. */
public final class CsvFiles {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    private CsvFiles() {}

    /**
     * A reader of a file; its content tells whether it is compressed, not its name.
     *
     * @throws UserError if there is none
     */
    public static Reader reader(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError("there is no file " + file + "; correct the option that names it");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return new InputStreamReader(
                    magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER) : in, StandardCharsets.UTF_8);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A writer of a new file, compressed if its name ends in {@code .gz}. */
    public static Writer writer(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        try {
            OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out;
            return new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8));
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }
}
