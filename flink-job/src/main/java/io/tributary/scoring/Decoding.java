package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.schemas.UndecodableException;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records. What cannot be decoded becomes a dead letter and null values are counted and skipped. A registry that
 * does not answer is no fault of the record: it fails the task, which is started again and reads the record again.
 *
 * @param <T> what records are decoded to
 */
final class Decoding<T> implements AutoCloseable {

    /** Where dead letters go. */
    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

    private final String stage;
    private final Reading<T> reading;
    private final Counter nulls;
    private final Counter deadLetters;

    /**
     * How records are read.
     *
     * @param <T> what they are read to
     */
    interface Reading<T> extends AutoCloseable {

        /** What is passed on of a record; null to pass on nothing. */
        @Nullable
        T read(RawRecord raw, byte[] value, long nowMillis) throws UndecodableException;

        /** What a record without a value says; null if it says nothing and is skipped. */
        default @Nullable T withdrawn(RawRecord raw) {
            return null;
        }

        @Override
        default void close() {}
    }

    /**
     * Decodes with the given reading, which it closes when it is closed itself.
     *
     * @param stage what dead letters and metrics call it
     */
    Decoding(String stage, PlaneMetrics metrics, Reading<T> reading) {
        this.stage = stage;
        this.reading = reading;
        PlaneMetrics own = metrics.with("stage", stage);
        this.nulls = own.counter("null_values_total");
        this.deadLetters = own.counter("dead_letters_total");
    }

    /**
     * What is passed on of a record; null if nothing is.
     *
     * @param refused takes the dead letter of a record that cannot be decoded
     */
    @Nullable
    T decode(RawRecord raw, long nowMillis, Consumer<DeadLetter> refused) {
        if (raw.value() == null) {
            T withdrawn = reading.withdrawn(raw);
            if (withdrawn == null) {
                nulls.inc();
            }
            return withdrawn;
        }
        try {
            return reading.read(raw, raw.value(), nowMillis);
        } catch (UndecodableException e) {
            deadLetters.inc();
            refused.accept(letter(raw, raw.value(), e.getMessage(), nowMillis));
            return null;
        }
    }

    private DeadLetter letter(RawRecord raw, byte[] value, @Nullable String reason, long nowMillis) {
        return DeadLetter.of(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                stage,
                reason == null ? "unknown" : reason,
                raw.key(),
                value,
                nowMillis);
    }

    @Override
    public void close() {
        reading.close();
    }
}
