package io.tributary.schemas;

/** A record cannot be used; the message says why, in words fit for a dead letter. */
public sealed class UndecodableException extends Exception permits DeclinedException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String reason) {
        super(reason);
    }
}
