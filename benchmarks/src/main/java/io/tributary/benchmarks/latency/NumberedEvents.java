package io.tributary.benchmarks.latency;

import io.tributary.schemas.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Events whose ids, of 36 characters, end in their number. Some are encoded beforehand, and only their id is written anew:
 * encoding each would take processor time from what is measured.
 */
final class NumberedEvents {

    private static final int TEMPLATES = 4_096;
    private static final String PREFIX = "00000000-0000-0000-0000-";
    private static final int DIGITS = 12;
    private static final int SEED = 7;
    private static final long SINCE_MILLIS = 1_700_000_000_000L;

    private final byte[][] templates = new byte[TEMPLATES][];
    private final int digitsAt;

    /**
     * Events of a schema with {@code id}, {@code time} and otherwise numbers.
     *
     * @param schemaId its id in the registry
     */
    NumberedEvents(Schema schema, int schemaId) {
        RecordWriter writer = new RecordWriter(schema, schemaId);
        GenericData.Record record = new GenericData.Record(schema);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TEMPLATES; i++) {
            for (Schema.Field field : schema.getFields()) {
                double value = 2 * random.nextDouble() - 1;
                record.put(field.pos(), field.schema().getType() == Schema.Type.FLOAT ? (Object) (float) value : value);
            }
            record.put("id", new String(id(0), StandardCharsets.US_ASCII));
            record.put("time", SINCE_MILLIS + i);
            templates[i] = writer.write(record);
        }
        this.digitsAt = indexOf(templates[0], id(0)) + PREFIX.length();
    }

    /** The id of an event, in ASCII. */
    static byte[] id(long number) {
        byte[] id = new byte[PREFIX.length() + DIGITS];
        System.arraycopy(PREFIX.getBytes(StandardCharsets.US_ASCII), 0, id, 0, PREFIX.length());
        writeDigits(number, id, PREFIX.length());
        return id;
    }

    /** The number of the event of an id. */
    static long number(byte[] id) {
        long number = 0;
        for (int i = id.length - DIGITS; i < id.length; i++) {
            number = 10 * number + id[i] - '0';
        }
        return number;
    }

    /** The record of an event. */
    byte[] record(long number) {
        byte[] record = templates[(int) (number % TEMPLATES)].clone();
        writeDigits(number, record, digitsAt);
        return record;
    }

    private static void writeDigits(long number, byte[] into, int at) {
        long rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("the schema's records do not hold their id as text");
    }
}
