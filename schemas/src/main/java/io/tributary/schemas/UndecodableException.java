package io.tributary.schemas;

/** A record cannot be used; the message says why, in words fit for a dead letter. */
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String reason) {
        super(reason);
    }
}
