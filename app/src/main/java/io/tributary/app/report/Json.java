package io.tributary.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** What commands say to programs. JSON has no number that is none: null stands for it. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** An object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A field with a number; null where it is not finite. */
    public static void put(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, value);
        } else {
            into.putNull(name);
        }
    }

    /** One more number; null where it is not finite. */
    public static void add(ArrayNode into, double value) {
        if (Double.isFinite(value)) {
            into.add(value);
        } else {
            into.addNull();
        }
    }

    /** A field with a list of texts. */
    public static void put(ObjectNode into, String name, Collection<String> texts) {
        ArrayNode array = into.putArray(name);
        texts.forEach(array::add);
    }

    /** As it is written: indented, without a line break at the end. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", e);
        }
    }
}
