package io.tributary.members;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the column that a misspelt name most likely stands for. */
final class NearestName {

    private NearestName() {}

    /** The nearest name, or null if it differs in more than two letters and in more than a third of them. */
    static @Nullable String of(String word, List<String> names) {
        String best = null;
        int bestEdits = Integer.MAX_VALUE;
        for (String name : names) {
            int edits = edits(word, name);
            if (edits < bestEdits && edits <= Math.max(Math.min(2, name.length() / 2), name.length() / 3)) {
                best = name;
                bestEdits = edits;
            }
        }
        return best;
    }

    /** Levenshtein distance, kept in one row of the usual table. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
