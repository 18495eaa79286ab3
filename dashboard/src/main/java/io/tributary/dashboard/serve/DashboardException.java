package io.tributary.dashboard.serve;

/** The page cannot be served as asked. */
public final class DashboardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do. */
    public DashboardException(String message) {
        super(message);
    }

    /** The same, with what led to it. */
    public DashboardException(String message, Throwable cause) {
        super(message, cause);
    }
}
