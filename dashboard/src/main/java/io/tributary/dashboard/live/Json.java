package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for the page: six digits are more than it shows, and what is not a number is null. */
final class Json {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final MathContext DIGITS = new MathContext(6);

    private Json() {}

    static void put(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, rounded(value));
        } else {
            into.putNull(name);
        }
    }

    static void add(ArrayNode into, double value) {
        if (Double.isFinite(value)) {
            into.add(rounded(value));
        } else {
            into.addNull();
        }
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
