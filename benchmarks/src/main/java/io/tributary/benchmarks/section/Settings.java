package io.tributary.benchmarks.section;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How thoroughly is measured.
 *
 * @param quick whether few cases are wanted within three minutes in all, to see where things stand
 * @param repeats how often each case is measured, from 1; sections take turns through the cases, so that what the machine
 *     does meanwhile hits all of them alike
 * @param cases a part of the names of the cases that are wanted; null for all
 * @param seconds how long each load lasts; empty for as long as its section thinks right
 */
public record Settings(boolean quick, int repeats, @Nullable String cases, OptionalInt seconds) {

    /** Checks. */
    public Settings {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + ", must be at least 1");
        }
        if (seconds.isPresent() && seconds.getAsInt() < 1) {
            throw new IllegalArgumentException("seconds is " + seconds.getAsInt() + ", must be at least 1");
        }
    }

    /** Whether a case of the given name is wanted. */
    public boolean wants(String name) {
        return cases == null || name.contains(cases);
    }

    /**
     * Those that are wanted.
     *
     * @param section whose cases they are
     * @param name what a case is called
     * @throws UserError if none is
     */
    public <T> List<T> chosen(String section, List<T> all, Function<T, String> name) {
        List<T> chosen = all.stream().filter(each -> wants(name.apply(each))).toList();
        if (chosen.isEmpty()) {
            throw new UsageError("--cases is '" + cases + "', which is in no name of a case of section " + section
                    + "; those are " + all.stream().map(name).collect(Collectors.joining("; ")));
        }
        return chosen;
    }
}
