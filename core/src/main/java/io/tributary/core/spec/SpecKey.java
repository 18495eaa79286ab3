package io.tributary.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a spec may have, as its reader asks for it: what the reference of the spec is made of.
 *
 * @param path where it stands, with dots between the keys
 * @param value what its value must be, in words
 * @param choices the values that it may have; empty if they cannot be listed
 * @param fallback what holds without it; null if nothing does
 * @param required whether it must be given
 */
record SpecKey(
        String path,
        String value,
        List<String> choices,
        @Nullable String fallback,
        boolean required) {

    /** What a value is of which the reader of its kind knows no more. */
    static final String TEXT = "text";
}
