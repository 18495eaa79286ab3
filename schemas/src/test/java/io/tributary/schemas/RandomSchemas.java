package io.tributary.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Schemas of events such as nobody would write, records of them, and the fields they have. */
final class RandomSchemas {

    private static final int DEEPEST = 3;

    private final Random random;
    private int named;

    RandomSchemas(long seed) {
        this.random = new Random(seed);
    }

    /** Has the fields {@code id} and {@code at} somewhere among others. */
    Schema event() {
        List<Schema.Field> fields = fields(1 + random.nextInt(8), DEEPEST);
        fields.add(new Schema.Field("id", often(Schema.Type.STRING)));
        fields.add(new Schema.Field("at", often(Schema.Type.LONG)));
        Collections.shuffle(fields, random);
        return Schema.createRecord("E" + named++, null, null, false, fields);
    }

    private Schema often(Schema.Type type) {
        Schema plain = Schema.create(type);
        return switch (random.nextInt(4)) {
            case 0 -> any(DEEPEST);
            case 1 -> Schema.createUnion(Schema.create(Schema.Type.NULL), plain);
            default ->
                type == Schema.Type.LONG && random.nextBoolean()
                        ? LogicalTypes.timestampMicros().addToSchema(plain)
                        : plain;
        };
    }

    private List<Schema.Field> fields(int count, int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(new Schema.Field("f" + i, any(depth)));
        }
        return fields;
    }

    private Schema any(int depth) {
        return switch (random.nextInt(depth > 0 ? 18 : 12)) {
            case 0 -> Schema.create(Schema.Type.NULL);
            case 1 -> Schema.create(Schema.Type.BOOLEAN);
            case 2 -> Schema.create(Schema.Type.INT);
            case 3 -> Schema.create(Schema.Type.LONG);
            case 4, 5 -> Schema.create(Schema.Type.FLOAT);
            case 6, 7 -> Schema.create(Schema.Type.DOUBLE);
            case 8 -> Schema.create(Schema.Type.STRING);
            case 9 -> LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
            case 10 -> Schema.createFixed("F" + named++, null, null, random.nextInt(4));
            case 11 -> Schema.createEnum("N" + named++, null, null, List.of("A", "B", "C"));
            case 12 -> Schema.createArray(item(depth - 1));
            case 13 -> Schema.createMap(any(depth - 1));
            case 14, 15 -> union(depth);
            case 16 -> chain();
            default -> Schema.createRecord("R" + named++, null, null, false, fields(random.nextInt(4), depth - 1));
        };
    }

    /** With a billion items of no bytes Avro would fill the memory. */
    private Schema item(int depth) {
        Schema item = any(depth);
        while (takesNoBytes(item)) {
            item = any(depth);
        }
        return item;
    }

    private static boolean takesNoBytes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD -> schema.getFields().stream().allMatch(field -> takesNoBytes(field.schema()));
            default -> false;
        };
    }

    /** Null, if it is in, has any place; records, enums and fixed may be in it several times. */
    private Schema union(int depth) {
        Map<String, Schema> branches = new HashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Schema branch = any(depth - 1);
            if (branch.getType() != Schema.Type.UNION) {
                branches.put(branch.getFullName(), branch);
            }
        }
        branches.put("null", Schema.create(Schema.Type.NULL));
        List<Schema> types = new ArrayList<>(branches.values());
        Collections.shuffle(types, random);
        return Schema.createUnion(types);
    }

    /** A record that may be inside of itself. */
    private Schema chain() {
        Schema chain = Schema.createRecord("C" + named++, null, null, false);
        chain.setFields(List.of(
                new Schema.Field("f0", Schema.create(Schema.Type.DOUBLE)),
                new Schema.Field("f1", Schema.createUnion(Schema.create(Schema.Type.NULL), chain)),
                new Schema.Field("f2", Schema.createArray(chain))));
        return chain;
    }

    GenericRecord record(Schema schema) {
        return record(schema, 6);
    }

    private GenericRecord record(Schema schema, int depth) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), depth - 1));
        }
        return record;
    }

    private Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextInt(9) == 0 ? Float.NaN : (float) random.nextGaussian();
            case DOUBLE -> random.nextInt(9) == 0 ? -0.0 : random.nextGaussian();
            case STRING ->
                List.of("", "x", "2024-05-06 07:08:09", "ein Wört", "longer than the others")
                        .get(random.nextInt(5));
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(4)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case ARRAY -> items(schema.getElementType(), depth);
            case MAP -> {
                Map<String, Object> map = new HashMap<>();
                items(schema.getValueType(), depth).forEach(item -> map.put("k" + map.size(), item));
                yield map;
            }
            case UNION ->
                value(
                        schema.getTypes()
                                .get(
                                        depth > 0
                                                ? random.nextInt(
                                                        schema.getTypes().size())
                                                : nullOf(schema)),
                        depth);
            case RECORD -> record(schema, depth);
        };
    }

    private static int nullOf(Schema union) {
        return Math.max(0, union.getTypes().indexOf(Schema.create(Schema.Type.NULL)));
    }

    private List<Object> items(Schema schema, int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = depth > 0 ? random.nextInt(4) : 0; i > 0; i--) {
            items.add(value(schema, depth - 1));
        }
        return items;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A path that some field has, or that none has. */
    String path() {
        String first = random.nextInt(8) == 0 ? "id" : "f" + random.nextInt(8);
        return random.nextInt(3) > 0 ? first : first + ".f" + random.nextInt(4) + (random.nextBoolean() ? "" : ".f0");
    }

    /** The same with some of its bits turned, its end cut off, or more behind it; the header stays. */
    byte[] damaged(byte[] record) {
        byte[] damaged = record.clone();
        for (int i = random.nextInt(3); i > 0 && damaged.length > WireFormat.HEADER_BYTES; i--) {
            int at = WireFormat.HEADER_BYTES + random.nextInt(damaged.length - WireFormat.HEADER_BYTES);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
        }
        int length = random.nextInt(3) > 0
                ? damaged.length
                : WireFormat.HEADER_BYTES + random.nextInt(damaged.length - WireFormat.HEADER_BYTES + 2);
        return Arrays.copyOf(damaged, length);
    }
}
