package io.tributary.core.spec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code sha256}. */
final class Checksum {

    private Checksum() {}

    /** The checksum of the section's file, in lower case; null if the spec does not fix it. */
    static @Nullable String read(Section section) {
        String sha256 = section.optional("sha256");
        if (sha256 == null) {
            return null;
        }
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            section.badValue("sha256", sha256, "must be 64 hexadecimal digits");
        }
        return sha256.toLowerCase(Locale.ROOT);
    }
}
