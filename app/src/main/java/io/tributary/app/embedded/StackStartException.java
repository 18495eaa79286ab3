package io.tributary.app.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded stack could not start; whatever had started before is stopped again. The message is complete for the
 * reader of a terminal: what failed, why, and what to do.
 */
public final class StackStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StackStartException(String message) {
        this(message, null);
    }

    StackStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
