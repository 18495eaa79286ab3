package io.tributary.core.prepare;

/** A feature cannot be prepared; the message names the feature, the file, the rule and what to do. */
public final class PreparationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PreparationException(String message) {
        super(message);
    }

    public PreparationException(String message, Throwable cause) {
        super(message, cause);
    }
}
