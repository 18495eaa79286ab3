package io.tributary.core.spec;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes of memory as people write them: {@code 512k}, {@code 64m}, {@code 2g}. */
final class Sizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([kmg])");

    private Sizes() {}

    /** How many bytes that is; null if the text is no size. */
    static @Nullable Long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "k" -> amount << 10;
            case "m" -> amount << 20;
            default -> amount << 30;
        };
    }

    /** A size in whole mebibytes as people write it. */
    static String text(long bytes) {
        return (bytes >> 20) + "m";
    }
}
