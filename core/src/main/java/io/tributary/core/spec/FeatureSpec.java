package io.tributary.core.spec;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One entry of the spec's features: a field of the record and the columns it fills. */
public sealed interface FeatureSpec {

    /** The field of the record it reads; a dotted name reaches into nested records. */
    String field();

    /** The names of the columns it fills. */
    List<String> columns();

    /** Whether the field is read as text; else it must be a number or a boolean. */
    boolean isText();

    /** Fills its columns from a number; NaN where missing. Only for features that are not text. */
    default void fill(double value, float[] row, int at) {
        throw new IllegalStateException(field() + " is read as text");
    }

    /** Fills its columns from text; null where missing. Only for features that are text. */
    default void fill(@Nullable String value, float[] row, int at) {
        throw new IllegalStateException(field() + " is read as a number");
    }

    /**
     * The number itself, or standardised: (value − mean) / scale.
     *
     * @param name the column's name
     * @param mean 0 to leave it as it is
     * @param scale above 0; 1 to leave it as it is
     */
    record Numeric(String name, String field, double mean, double scale) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return List.of(name);
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public void fill(double value, float[] row, int at) {
            row[at] = (float) ((value - mean) / scale);
        }
    }

    /**
     * One column a category, 1 for the one that the text names. All are 0 for another text and NaN for none.
     *
     * @param categories at least one
     */
    record OneHot(String name, String field, List<String> categories) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return categories.stream().map(category -> name + "=" + category).toList();
        }

        @Override
        public boolean isText() {
            return true;
        }

        @Override
        public void fill(@Nullable String value, float[] row, int at) {
            for (int i = 0; i < categories.size(); i++) {
                row[at + i] = value == null ? Float.NaN : categories.get(i).equals(value) ? 1 : 0;
            }
        }
    }

    /**
     * One column a bucket, 1 for the bucket that the text's {@link String#hashCode} falls into (the hashing trick,
     * Weinberger et al. 2009). All are NaN for no text.
     *
     * @param buckets at least 2
     */
    record Hashed(String name, String field, int buckets) implements FeatureSpec {
        @Override
        public List<String> columns() {
            return IntStream.range(0, buckets).mapToObj(i -> name + "#" + i).toList();
        }

        @Override
        public boolean isText() {
            return true;
        }

        @Override
        public void fill(@Nullable String value, float[] row, int at) {
            int bucket = value == null ? -1 : Math.floorMod(value.hashCode(), buckets);
            for (int i = 0; i < buckets; i++) {
                row[at + i] = value == null ? Float.NaN : i == bucket ? 1 : 0;
            }
        }
    }
}
