package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** Names in the order in which they were met: the place of each is for good, and so is its colour. */
final class Names {

    private final List<String> names;

    Names(List<String> first) {
        names = new ArrayList<>(first);
    }

    /** The place of a name, which is added if it is new. */
    int place(String name) {
        int place = names.indexOf(name);
        if (place < 0) {
            names.add(name);
            return names.size() - 1;
        }
        return place;
    }

    int count() {
        return names.size();
    }

    ArrayNode json() {
        ArrayNode json = Json.NODES.arrayNode();
        names.forEach(json::add);
        return json;
    }
}
