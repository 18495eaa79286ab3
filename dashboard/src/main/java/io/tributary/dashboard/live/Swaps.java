package io.tributary.dashboard.live;

import io.tributary.core.control.Control;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether a new version of the spec is being loaded, and what became of former ones. */
final class Swaps {

    /** A publisher that died decides nothing. */
    private static final long GIVEN_UP_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Set<String> decided = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private @Nullable Control open;
    private long openedMillis;

    /** Takes what was said; decisions are handed on as marks. */
    void take(Control said, long atMillis, Consumer<Mark> marks) {
        switch (said.kind()) {
            case BUNDLE -> begin(said, atMillis);
            case READY -> {
                if (isOpen(said)) {
                    ready.add(said.operator() + "/" + said.subtask());
                }
            }
            case COMMITTED -> decide(said, atMillis, Mark.Kind.SWAP, "Version " + said.version() + " took over", marks);
            case REFUSED ->
                decide(
                        said,
                        atMillis,
                        Mark.Kind.REFUSED,
                        "Version " + said.version() + " was refused: " + said.problem(),
                        marks);
            case UNABLE, UNKNOWN -> {}
        }
    }

    private boolean isOpen(Control said) {
        return open != null && open.publication().equals(said.publication());
    }

    private void begin(Control said, long atMillis) {
        if (!decided.contains(said.publication()) && !isOpen(said)) {
            open = said;
            openedMillis = atMillis;
            ready.clear();
        }
    }

    private void decide(Control said, long atMillis, Mark.Kind kind, String text, Consumer<Mark> marks) {
        decided.add(said.publication());
        if (isOpen(said)) {
            open = null;
        }
        marks.accept(new Mark(atMillis, kind, text));
    }

    /** Whether a version is being loaded. */
    boolean isSwapping(long nowMillis) {
        return open != null && nowMillis - openedMillis < GIVEN_UP_MILLIS;
    }

    /** The same in words; to be asked while one is. */
    String words() {
        return String.format(
                Locale.ROOT,
                "version %d is being loaded: %d ready so far",
                open == null ? 0 : open.version(),
                ready.size());
    }
}
