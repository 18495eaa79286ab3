package io.tributary.core;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a spec names.
 *
 * @param path where it is
 * @param sha256 its checksum, 64 lower-case hexadecimal digits; null if the spec does not fix it
 */
public record StatedFile(Path path, @Nullable String sha256) {

    /**
     * What is wrong with it: it is not there, cannot be read, or has another checksum. Null if nothing is.
     *
     * @param owner what needs it, as messages begin: {@code member forest}
     * @param kind what it is, as messages call it: {@code model}
     */
    public @Nullable String problem(String owner, String kind) {
        if (!Files.isRegularFile(path)) {
            return owner + ": there is no " + kind + " file " + path + "; put it there or correct the path in the spec";
        }
        if (sha256 == null) {
            return null;
        }
        String actual;
        try {
            actual = Sha256.hex(path);
        } catch (UncheckedIOException e) {
            return owner + ": the " + kind + " file " + path + " cannot be read (" + e.getMessage()
                    + "); let this user read it";
        }
        if (!sha256.equals(actual)) {
            return owner + ": " + path + " has checksum " + actual + ", the spec says " + sha256
                    + "; restore the file or, if it was meant to change, put its checksum in the spec";
        }
        return null;
    }
}
