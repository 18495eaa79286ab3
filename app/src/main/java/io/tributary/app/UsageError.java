package io.tributary.app;

/** An option or argument of a command that cannot be used as it is: nothing has been tried. */
public final class UsageError extends UserError {

    private static final long serialVersionUID = 1L;

    /** An error whose message names the option, its value and the rule. */
    public UsageError(String message) {
        super(message);
    }

    /** The same, with what led to it. */
    public UsageError(String message, Throwable cause) {
        super(message, cause);
    }
}
