package io.tributary.core.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the names of topics: each must be one that Kafka allows, and no two uses may share one. */
final class TopicReader {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Problems problems;

    TopicReader(Problems problems) {
        this.problems = problems;
    }

    /** The ensemble's own topics, named after it where the spec names none. */
    static EnsembleSpec.Topics read(Section topics, String ensemble) {
        EnsembleSpec.Topics read = new EnsembleSpec.Topics(
                checked(topics, "predictions", topics.text("predictions", ensemble + ".predictions")),
                checked(topics, "weights", topics.text("weights", ensemble + ".weights")),
                checked(topics, "feedback", topics.text("feedback", ensemble + ".feedback")),
                checked(topics, "metrics", topics.text("metrics", ensemble + ".metrics")),
                checked(topics, "deadLetters", topics.text("deadLetters", ensemble + ".dead-letters")),
                checked(topics, "control", topics.text("control", ensemble + ".control")));
        topics.rejectUnknownKeys();
        return read;
    }

    /** A plane that read its own output would never end. */
    void rejectShared(Section root, EnsembleSpec.Events events, OutcomeSpec outcomes, EnsembleSpec.Topics topics) {
        Map<String, String> uses = new HashMap<>();
        Map<String, String> named = new LinkedHashMap<>();
        named.put("events.topic", events.topic());
        named.put("outcomes.topic", outcomes.topic());
        named.put("topics.predictions", topics.predictions());
        named.put("topics.weights", topics.weights());
        named.put("topics.feedback", topics.feedback());
        named.put("topics.metrics", topics.metrics());
        named.put("topics.deadLetters", topics.deadLetters());
        named.put("topics.control", topics.control());
        named.forEach((key, topic) -> {
            String other = topic.isEmpty() ? null : uses.putIfAbsent(topic, key);
            if (other != null) {
                String section = key.substring(0, key.indexOf('.'));
                problems.add(
                        root.line(section),
                        key + " is " + topic + ", as " + other + " is; each must be a topic of its own");
            }
        });
    }

    static String checked(Section section, String key, String name) {
        // A name that was not given is made from the ensemble's, whose own rule has been checked.
        if (section.has(key) && !name.isEmpty() && !TOPIC.matcher(name).matches()) {
            section.badValue(key, name, "must be 1 to 249 letters, digits, dots, dashes and underscores");
        }
        return name;
    }
}
