package io.tributary.core.spec;

import io.tributary.core.StatedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One entry of the spec's features: a field of the record and the columns it fills. */
public sealed interface FeatureSpec {

    /** What its columns are named after. */
    String name();

    /** The field of the record it reads; a dotted name reaches into nested records. */
    String field();

    /** The names of the columns it fills. */
    List<String> columns();

    /** How many columns it fills. */
    int width();

    /** Whether the field is read as text; else it must be a number or a boolean. */
    boolean isText();

    /** Fills its columns from a number; NaN where missing. Only for features that are not text. */
    default void fill(double value, float[] row, int at) {
        throw new IllegalStateException(field() + " is read as text");
    }

    /** Fills its columns from text; null where missing. Only for features that are text. */
    default void fill(@Nullable String value, float[] row, int at) {
        throw new IllegalStateException(field() + (isText() ? " is read by its tokenizer" : " is read as a number"));
    }

    /**
     * One number.
     *
     * @param name the column's name
     * @param steps what becomes of the field's value
     */
    record Numeric(String name, String field, NumberSteps steps) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return List.of(name);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public void fill(double value, float[] row, int at) {
            row[at] = steps.apply(value);
        }
    }

    /**
     * One column a category, 1 for the one that the text names. All are 0 for another text and NaN for none.
     *
     * @param categories at least one
     * @param missing the text that stands in for none; null to leave it missing
     */
    record OneHot(
            String name,
            String field,
            List<String> categories,
            @Nullable String missing) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return categories.stream().map(category -> name + "=" + category).toList();
        }

        @Override
        public int width() {
            return categories.size();
        }

        @Override
        public boolean isText() {
            return true;
        }

        @Override
        public void fill(@Nullable String value, float[] row, int at) {
            String known = value == null ? missing : value;
            for (int i = 0; i < categories.size(); i++) {
                row[at + i] = known == null ? Float.NaN : categories.get(i).equals(known) ? 1 : 0;
            }
        }
    }

    /**
     * One column a bucket, 1 for the bucket that the text's {@link String#hashCode} falls into (the hashing trick,
     * Weinberger et al. 2009). All are NaN for no text.
     *
     * @param buckets at least 2
     * @param missing the text that stands in for none; null to leave it missing
     */
    record Hashed(
            String name,
            String field,
            int buckets,
            @Nullable String missing) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return numbered(name, buckets);
        }

        @Override
        public int width() {
            return buckets;
        }

        @Override
        public boolean isText() {
            return true;
        }

        @Override
        public void fill(@Nullable String value, float[] row, int at) {
            String known = value == null ? missing : value;
            int bucket = known == null ? -1 : Math.floorMod(known.hashCode(), buckets);
            for (int i = 0; i < buckets; i++) {
                row[at + i] = known == null ? Float.NaN : i == bucket ? 1 : 0;
            }
        }
    }

    /**
     * The ids of a text's tokens, one a column: exact up to 2^24, beyond every vocabulary. A {@code TextEncoder} fills them.
     *
     * @param tokenizer a tokenizer in the format of Hugging Face's {@code tokenizer.json}
     * @param length how many ids: shorter texts are filled up, longer ones cut off. At least 1.
     * @param pad the id that fills up, on the right; −1 to fill up as the file says
     * @param missing the text that stands in for none; null to leave it missing
     */
    record Tokens(
            String name,
            String field,
            StatedFile tokenizer,
            int length,
            int pad,
            @Nullable String missing) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return numbered(name, length);
        }

        @Override
        public int width() {
            return length;
        }

        @Override
        public boolean isText() {
            return true;
        }
    }

    /**
     * A number of this event and of the events before it that have the same key, one a column, the oldest first: so many of
     * them as came last. Where there were fewer, what stands in for a missing number stands in for the rest. A decoder
     * fills in the event's own number, and {@code Sequences} those before.
     *
     * @param key the field that says whose events make up a sequence
     * @param last how many numbers, the event's own among them, at least 2
     * @param forget after how long without an event, by event time, a key's sequences begin anew; null for never
     * @param steps what becomes of each value
     */
    record Sequence(
            String name,
            String field,
            String key,
            int last,
            @Nullable Duration forget,
            NumberSteps steps) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return IntStream.range(1 - last, 1)
                    .mapToObj(i -> name + "[" + i + "]")
                    .toList();
        }

        @Override
        public int width() {
            return last;
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public void fill(double value, float[] row, int at) {
            begin(row, at);
            row[at + last - 1] = steps.apply(value);
        }

        /** Fills the columns of the events before it for a key that had none. */
        public void begin(float[] row, int at) {
            Arrays.fill(row, at, at + last - 1, steps.apply(Double.NaN));
        }
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "#" + i).toList();
    }

    /** Another feature, and a column after its own that is 1 where the field is missing, else 0. */
    record Flagged(FeatureSpec feature) implements FeatureSpec {
        @Override
        public String name() {
            return feature.name();
        }

        @Override
        public String field() {
            return feature.field();
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>(feature.columns());
            columns.add(name() + ".missing");
            return columns;
        }

        @Override
        public int width() {
            return feature.width() + 1;
        }

        @Override
        public boolean isText() {
            return feature.isText();
        }

        @Override
        public void fill(double value, float[] row, int at) {
            feature.fill(value, row, at);
            row[at + feature.width()] = Double.isNaN(value) ? 1 : 0;
        }

        @Override
        public void fill(@Nullable String value, float[] row, int at) {
            feature.fill(value, row, at);
            row[at + feature.width()] = value == null ? 1 : 0;
        }
    }
}
