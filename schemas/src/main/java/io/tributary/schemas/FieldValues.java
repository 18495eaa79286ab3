package io.tributary.schemas;

import org.jspecify.annotations.Nullable;

/** What one record holds in the fields that a spec reads, by their index among {@link EventFields}. */
interface FieldValues {

    /** Text, or a number, boolean or enum as text; null if it is null. */
    @Nullable
    String text(int field) throws UndecodableException;

    /** Text that must be there. */
    String requiredText(int field) throws UndecodableException;

    /** A point in time that must be there, as epoch milliseconds: a number, a timestamp type, or ISO 8601 text. */
    long requiredTimeMillis(int field) throws UndecodableException;

    /** A number, or a boolean as 1 or 0; NaN if it is null. */
    double number(int field) throws UndecodableException;
}
