package io.tributary.core.spec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that a misspelt one most likely stands for. */
public final class Spelling {

    private static final int MAX_LISTED = 25;

    private Spelling() {}

    /** The nearest candidate, or null if none is near: at most a third of its letters may differ, or one of a short one. */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        boolean near = best != null
                && bestDistance <= Math.max(1, best.length() / 3)
                && bestDistance < Math.min(word.length(), best.length());
        return near ? best : null;
    }

    /** A clause to end a message with: {@code ; did you mean 'learning'?}, or one that lists what is allowed. */
    public static String hint(String word, Collection<String> candidates) {
        String question = question(word, candidates);
        if (!question.isEmpty()) {
            return question;
        }
        List<String> first = candidates.stream().limit(MAX_LISTED).toList();
        int rest = candidates.size() - first.size();
        return "; known are " + String.join(", ", first) + (rest > 0 ? " and " + rest + " more" : "");
    }

    /** A clause that asks for the nearest candidate; empty if none is near. */
    static String question(String word, Collection<String> candidates) {
        String nearest = nearest(word, candidates);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    /** Levenshtein distance in which swapping two neighbours counts once. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(last, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
