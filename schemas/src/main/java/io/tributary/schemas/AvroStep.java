package io.tributary.schemas;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a {@link DirectPlan} does with the next bytes of a record. */
interface AvroStep {

    void run(AvroBytes in, DirectValues out) throws DeclinedException;

    /** One step for this and the next one, which follows it; null if it takes two. */
    default @Nullable AvroStep with(AvroStep next) {
        return null;
    }

    AvroStep SKIP_INT = (in, out) -> in.nextInt();

    AvroStep SKIP_LONG = (in, out) -> in.nextLong();

    /** Of a string or bytes. */
    AvroStep SKIP_BYTES = (in, out) -> in.skip(in.nextLong());

    /** Values of a fixed size that nobody reads. */
    record Skip(long bytes) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            in.skip(bytes);
        }

        @Override
        public @Nullable AvroStep with(AvroStep next) {
            return next instanceof Skip other ? new Skip(bytes + other.bytes) : null;
        }
    }

    /** An enum that nobody reads. */
    record SkipIndex(int count) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            in.nextIndex(count);
        }
    }

    /** A record, field after field. */
    record All(List<AvroStep> steps) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).run(in, out);
            }
        }
    }

    /** A union: the step of the branch that was written. */
    record OneOf(AvroStep[] branches) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            branches[in.nextIndex(branches.length)].run(in, out);
        }
    }

    /**
     * An array or map that nobody reads, item after item: a writer may say how many bytes a block has, and Avro does not
     * go by it. Left to Avro where there are more items than bytes.
     *
     * @param item what passes over an item
     */
    record SkipBlocks(AvroStep item) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            for (long count = in.nextLong(); count != 0; count = in.nextLong()) {
                if (count < 0) {
                    count = -count;
                    requireSize(in.nextLong());
                }
                skip(count, in, out);
            }
        }

        private static void requireSize(long bytes) throws DeclinedException {
            if (bytes < 0) {
                throw DeclinedException.INSTANCE;
            }
        }

        private void skip(long count, AvroBytes in, DirectValues out) throws DeclinedException {
            long itemBytes = item instanceof Skip fixed ? fixed.bytes : -1;
            if (count < 0 || (itemBytes != 0 && count > in.remaining())) {
                throw DeclinedException.INSTANCE;
            }
            if (itemBytes == 0) {
                return;
            }
            if (itemBytes > 0 && itemBytes <= Integer.MAX_VALUE) {
                in.skip(count * itemBytes);
                return;
            }
            for (long i = 0; i < count; i++) {
                item.run(in, out);
            }
        }
    }

    /** A value that is read: its place in the values. */
    record Take(Schema schema, int slot, long unitsPerMilli) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            switch (schema.getType()) {
                case INT -> out.takeLong(slot, in.nextInt(), unitsPerMilli);
                case LONG -> out.takeLong(slot, in.nextLong(), unitsPerMilli);
                case FLOAT -> out.takeFloat(slot, in.nextFloat());
                case DOUBLE -> out.takeDouble(slot, in.nextDouble());
                case BOOLEAN -> out.takeBoolean(slot, in.nextBoolean());
                case STRING -> out.takeText(slot, in);
                case ENUM -> out.takeSymbol(slot, symbol(in));
                default -> throw DeclinedException.INSTANCE;
            }
        }

        private String symbol(AvroBytes in) throws DeclinedException {
            List<String> symbols = schema.getEnumSymbols();
            return symbols.get(in.nextIndex(symbols.size()));
        }
    }

    /**
     * Numbers that are columns, next to each other in the record and in the row.
     *
     * @param isFloat whether they are floats; else doubles, which are rounded
     */
    record Numbers(int column, int count, boolean isFloat) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            if (isFloat) {
                in.nextFloats(out.row(), column, count);
            } else {
                in.nextDoubles(out.row(), column, count);
            }
        }

        @Override
        public @Nullable AvroStep with(AvroStep next) {
            return next instanceof Numbers other && other.column == column + count && other.isFloat == isFloat
                    ? new Numbers(column, count + other.count, isFloat)
                    : null;
        }
    }

    /**
     * Unions of null and a float or double that are columns, NaN where null, next to each other in the record and in the row.
     *
     * @param nullIndex which of the two branches null is
     */
    record Optionals(int column, int count, int nullIndex, boolean isFloat) implements AvroStep {
        @Override
        public void run(AvroBytes in, DirectValues out) throws DeclinedException {
            float[] row = out.row();
            for (int i = column; i < column + count; i++) {
                if (in.nextIndex(2) == nullIndex) {
                    row[i] = Float.NaN;
                } else {
                    row[i] = isFloat ? in.nextFloat() : (float) in.nextDouble();
                }
            }
        }

        @Override
        public @Nullable AvroStep with(AvroStep next) {
            return next instanceof Optionals other
                            && other.column == column + count
                            && other.nullIndex == nullIndex
                            && other.isFloat == isFloat
                    ? new Optionals(column, count + other.count, nullIndex, isFloat)
                    : null;
        }
    }
}
