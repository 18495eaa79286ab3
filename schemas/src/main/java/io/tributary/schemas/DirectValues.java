package io.tributary.schemas;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DirectPlan} has read of a record: a slot for each field, and columns that need no more than their number.
 * Answers as {@link FieldPath} does, and declines wherever that complains. Reused; not for several threads.
 */
final class DirectValues implements FieldValues {

    private enum Kind {
        NULL,
        LONG,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        TEXT,
        SYMBOL
    }

    private final int[] slots;
    private final AvroBytes bytes;
    private final Kind[] kinds;
    private final long[] longs;
    private final double[] doubles;
    private final long[] unitsPerMilli;
    private final @Nullable String[] symbols;
    private float[] row = {};

    /**
     * Holds nothing yet.
     *
     * @param slots the slot of each field, from 0
     * @param count how many slots there are
     */
    DirectValues(int[] slots, int count, AvroBytes bytes) {
        this.slots = slots;
        this.bytes = bytes;
        this.kinds = new Kind[count];
        this.longs = new long[count];
        this.doubles = new double[count];
        this.unitsPerMilli = new long[count];
        this.symbols = new String[count];
    }

    /** Forgets the record before. */
    void reset(float[] into) {
        row = into;
        Arrays.fill(kinds, Kind.NULL);
    }

    /** Where columns go. */
    float[] row() {
        return row;
    }

    void takeLong(int slot, long value, long perMilli) {
        kinds[slot] = Kind.LONG;
        longs[slot] = value;
        unitsPerMilli[slot] = perMilli;
    }

    void takeFloat(int slot, float value) {
        kinds[slot] = Kind.FLOAT;
        doubles[slot] = value;
    }

    void takeDouble(int slot, double value) {
        kinds[slot] = Kind.DOUBLE;
        doubles[slot] = value;
    }

    void takeBoolean(int slot, boolean value) {
        kinds[slot] = Kind.BOOLEAN;
        longs[slot] = value ? 1 : 0;
    }

    /** Leaves the text where it is until somebody asks. */
    void takeText(int slot, AvroBytes in) throws DeclinedException {
        long length = in.nextLong();
        kinds[slot] = Kind.TEXT;
        longs[slot] = (long) in.skip(length) << Integer.SIZE | length;
    }

    void takeSymbol(int slot, String symbol) {
        kinds[slot] = Kind.SYMBOL;
        symbols[slot] = symbol;
    }

    @Override
    public @Nullable String text(int field) {
        int slot = slots[field];
        return switch (kinds[slot]) {
            case NULL -> null;
            case LONG -> Long.toString(longs[slot]);
            case FLOAT -> Float.toString((float) doubles[slot]);
            case DOUBLE -> Double.toString(doubles[slot]);
            case BOOLEAN -> Boolean.toString(longs[slot] == 1);
            case TEXT -> bytes.text((int) (longs[slot] >>> Integer.SIZE), (int) longs[slot]);
            case SYMBOL -> symbols[slot];
        };
    }

    @Override
    public String requiredText(int field) throws DeclinedException {
        String text = text(field);
        if (text == null || text.isEmpty()) {
            throw DeclinedException.INSTANCE;
        }
        return text;
    }

    @Override
    public long requiredTimeMillis(int field) throws DeclinedException {
        int slot = slots[field];
        if (kinds[slot] == Kind.LONG) {
            return Math.floorDiv(longs[slot], unitsPerMilli[slot]);
        }
        String text = kinds[slot] == Kind.TEXT ? text(field) : null;
        Long millis = text == null ? null : IsoTime.parse(text);
        if (millis == null) {
            throw DeclinedException.INSTANCE;
        }
        return millis;
    }

    @Override
    public double number(int field) throws DeclinedException {
        int slot = slots[field];
        return switch (kinds[slot]) {
            case NULL -> Double.NaN;
            case FLOAT, DOUBLE -> doubles[slot];
            case LONG, BOOLEAN -> longs[slot];
            case TEXT, SYMBOL -> throw DeclinedException.INSTANCE;
        };
    }
}
