package io.tributary.core.prepare;

/** A tokenizer that is ready to use. One thread uses it at a time. Closing it gives back all memory that is not the JVM's. */
public interface TextEncoder extends AutoCloseable {

    /**
     * Writes the ids of a text's tokens, filled up or cut off to the length it was opened for.
     *
     * @param text any text, also an empty one
     * @param row where the ids go, from index {@code at} on
     */
    void encode(String text, float[] row, int at);

    /** Closing twice does nothing. */
    @Override
    void close();
}
