package io.tributary.learning;

/** The place at which queries were to be answered cannot be had; the message names it and says why. */
public final class QueryAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueryAddressException(String host, int port, Exception cause) {
        super("queries cannot be answered at " + host + ":" + port + " (" + cause.getMessage() + ")", cause);
    }

    QueryAddressException(String message) {
        super(message);
    }
}
