package io.tributary.schemas;

/** Something in a record that a {@link DirectPlan} leaves to Avro: Avro reads it, or says what is wrong with it. */
final class DeclinedException extends UndecodableException {

    private static final long serialVersionUID = 1L;

    /** It says nothing and has no stack trace, so one is enough. */
    static final DeclinedException INSTANCE = new DeclinedException();

    private DeclinedException() {
        super("left to Avro");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
