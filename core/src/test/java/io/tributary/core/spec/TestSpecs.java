package io.tributary.core.spec;

import java.nio.file.Path;
import java.util.List;

/** Small specs for tests, of members with a rule each. */
public final class TestSpecs {

    private TestSpecs() {}

    /** The ensemble {@code test} with the given members, two features x and y, and defaults for all else. */
    public static EnsembleSpec of(String... members) {
        return of(List.of(members), "");
    }

    /** An ensemble of models that tell the given classes apart. */
    public static EnsembleSpec ofClasses(List<String> members, List<String> classes, String furtherLines) {
        StringBuilder yaml = new StringBuilder(
                "ensemble: test\nevents: {topic: events, id: id, time: time}\nfeatures: [x, y]\ntask: multiclass\n");
        yaml.append("classes: [").append(String.join(", ", classes)).append("]\nmembers:\n");
        for (String member : members) {
            yaml.append("  ").append(member).append(": {onnx: ").append(member).append(".onnx}\n");
        }
        return SpecParser.parse(yaml + furtherLines, Path.of("test.yaml"));
    }

    /** The same, with further top-level lines such as <code>learning: {learner: hedge, eta: 2}</code>. */
    public static EnsembleSpec of(List<String> members, String furtherLines) {
        StringBuilder yaml = new StringBuilder(
                "ensemble: test\nevents: {topic: events, id: id, time: time}\nfeatures: [x, y]\nmembers:\n");
        for (String member : members) {
            yaml.append("  ").append(member).append(": {rules: [{when: x > 0.0, score: 0.5}]}\n");
        }
        return SpecParser.parse(yaml + furtherLines, Path.of("test.yaml"));
    }
}
