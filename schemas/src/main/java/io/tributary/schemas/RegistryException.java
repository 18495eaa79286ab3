package io.tributary.schemas;

/** The schema registry does not answer, or refuses; the message says which registry and what to do. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
