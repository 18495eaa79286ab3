package io.tributary.schemas;

import io.tributary.core.prepare.Preparation;
import java.util.Arrays;

/** Which slots are read by one feature alone that takes the number as it is, and so can go straight into the row. */
final class DirectColumns {
    private static final int NONE = -1;

    private final int[] columnOf;
    private final int[] featureOf;
    private final boolean[] direct;

    DirectColumns(EventFields fields, int[] slotOf, int slots, Preparation preparation) {
        columnOf = new int[slots];
        featureOf = new int[slots];
        direct = new boolean[preparation.features()];
        Arrays.fill(columnOf, NONE);
        int[] readers = new int[slots];
        for (int slot : slotOf) {
            readers[slot]++;
        }
        for (int i = 0; i < direct.length; i++) {
            int slot = slotOf[EventFields.feature(i)];
            featureOf[slot] = i;
            columnOf[slot] = readers[slot] == 1 ? preparation.plainColumn(i) : NONE;
        }
    }

    boolean isPlain(int slot) {
        return columnOf[slot] != NONE;
    }

    /** The column of a slot, which is filled from now on by the plan itself. */
    int take(int slot) {
        direct[featureOf[slot]] = true;
        return columnOf[slot];
    }

    int[] toFill() {
        int[] features = new int[direct.length];
        int count = 0;
        for (int i = 0; i < direct.length; i++) {
            if (!direct[i]) {
                features[count++] = i;
            }
        }
        return Arrays.copyOf(features, count);
    }
}
