package io.tributary.app;

/** Something that the user can mend; shown as one message without a stack trace, unless --verbose asks for it. */
public class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error whose message names the thing, the rule and what to do. */
    public UserError(String message) {
        super(message);
    }

    /** The same, with what led to it. */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
