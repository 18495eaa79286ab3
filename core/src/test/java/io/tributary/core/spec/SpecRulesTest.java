package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the spec, broken once: line, key, value, rule. */
class SpecRulesTest {

    /** A right spec of ten lines; what a test adds stands on line 11. */
    static final String RIGHT = """
            ensemble: test
            events:
              topic: t
              id: i
              time: at
            features: [x, y]
            members:
              a:
                onnx: a.onnx
              b: {rules: [{when: x > 0.0, score: 0.5}]}
            """;

    static Stream<Arguments> addedLines() {
        return Stream.of(
                broken(
                        "topics: {metrics: t}",
                        "topics.metrics is t, as events.topic is; each must be a topic of its own"),
                broken("version: 0", "version is 0, must be a whole number from 1 to 2147483647"),
                broken("version: 1.5", "version is 1.5, must be a whole number from 1 to 2147483647"),
                broken("version: 99999999999", "version is 99999999999, must be a whole number from 1 to 2147483647"),
                broken("task: ranking", "task is ranking, must be one of binary, multiclass, regression, quantile"),
                broken("classes: [a, b]", "classes goes with task: multiclass only; remove it"),
                broken("quantile: 0.9", "quantile goes with task: quantile only; remove it"),
                broken("threshold: 0", "threshold is 0, must be in (0, 1)"),
                broken("threshold: .nan", "threshold is .nan, must be in (0, 1)"),
                broken("threshold: NaN", "threshold is NaN, must be in (0, 1)"),
                broken("threshold: high", "threshold is high, must be in (0, 1)"),
                broken("threshold: ''", "threshold is blank, must be in (0, 1)"),
                broken("threshold: [0.5]", "threshold must be a single value, not a list or mapping"),
                broken("threshold: {a: 1}", "threshold must be a single value, not a list or mapping"),
                broken(
                        "kafka: {bootstrap: here}",
                        "kafka.bootstrap is here, must be host:port, or several with commas"),
                broken(
                        "kafka: {bootstrap: 'a:1,b'}",
                        "kafka.bootstrap is a:1,b, must be host:port, or several with commas"),
                broken("kafka: {bootstrap: ''}", "kafka.bootstrap is blank, must be host:port, or several with commas"),
                broken(
                        "kafka: {boostrap: 'a:1'}",
                        "kafka.boostrap is not a key of the spec; did you mean 'bootstrap'?"),
                broken("kafka: {properties: [a]}", "kafka.properties must be a mapping of keys to values"),
                broken(
                        "kafka: {properties: {a: [b]}}",
                        "kafka.properties.a must be a single value, not a list or mapping"),
                broken("kafka: localhost", "kafka must be a mapping of keys to values"),
                broken(
                        "registry: {url: 'localhost:8081'}",
                        "registry.url is localhost:8081, must begin with http:// or https://, and hold no blanks"),
                broken(
                        "outcomes: {topic: a b}",
                        "outcomes.topic is a b, must be 1 to 249 letters, digits, dots, dashes and underscores"),
                broken(
                        "outcomes: {maxDelay: 0d}",
                        "outcomes.maxDelay is 0, must be longer: nothing could ever be joined"),
                broken(
                        "outcomes: {maxDelay: 45 days}",
                        "outcomes.maxDelay is 45 days, must be a duration such as 5ms, 2s, 10m, 3h or 45d"),
                broken(
                        "outcomes: {maxDelay: 1h, settle: 61m}",
                        "outcomes.settle is 61m, must be at most maxDelay, 1h: by then what waits for corrections has been"
                                + " dropped"),
                broken(
                        "outcomes: {settle: soon}",
                        "outcomes.settle is soon, must be a duration such as 5ms, 2s, 10m, 3h or 45d"),
                broken("outcomes: {copartitioned: yes}", "outcomes.copartitioned is yes, must be one of true, false"),
                broken(
                        "outcomes: {max_delay: 3d}",
                        "outcomes.max_delay is not a key of the spec; did you mean 'maxDelay'?"),
                broken("batch: {size: 0}", "batch.size is 0, must be a whole number from 1 to 4096"),
                broken("batch: {size: many}", "batch.size is many, must be a whole number from 1 to 4096"),
                broken("deadline: 5ms", "deadline is 5ms, must be longer than batch.linger, at most 10m"),
                broken("deadline: 11m", "deadline is 11m, must be longer than batch.linger, at most 10m"),
                broken("deadline: soon", "deadline is soon, must be a duration such as 5ms, 2s, 10m, 3h or 45d"),
                broken("batch: {linger: 2m}", "batch.linger is 2m, must be at most 1m"),
                broken(
                        "batch: {linger: -1ms}",
                        "batch.linger is -1ms, must be a duration such as 5ms, 2s, 10m, 3h or 45d"),
                broken(
                        "fusion: {method: logodds}",
                        "fusion.method is logodds, must be one of mean, log-odds, soft-vote, hard-vote, median, trimmed-mean, stack; did you mean 'log-odds'?"),
                broken(
                        "fusion: {method: max}",
                        "fusion.method is max, must be one of mean, log-odds, soft-vote, hard-vote, median, trimmed-mean,"
                                + " stack"),
                broken(
                        "fusion: {method: stack}\nlearning: {learner: boa}",
                        "fusion.method does not fit: fusion stack has coefficients, which learner boa cannot learn; take"
                                + " learner stack"),
                broken(
                        "fusion: {method: mean}\nlearning: {learner: stack}",
                        "fusion.method does not fit: learner stack learns coefficients, which fusion mean has not; take"
                                + " fusion stack"),
                broken(
                        "fusion: {method: median}\nlearning: {learner: ogd}",
                        "fusion.method does not fit: learner ogd needs the loss's slope, which fusion median has not; take"
                                + " fusion mean or log-odds, or learner boa"),
                broken("fusion: {interval: 0.9}", "fusion.interval goes with task: regression only; remove it"),
                broken(
                        "learning: {segments: {most: -1}}",
                        "learning.segments.most is -1, must be a whole number from 0 to 100000"),
                broken("fusion: {clip: 0}", "fusion.clip is 0, must be in [1e-15, 0.5)"),
                broken("fusion: {clip: 0.5}", "fusion.clip is 0.5, must be in [1e-15, 0.5)"),
                broken("fusion: {clip: 1e-300}", "fusion.clip is 1e-300, must be in [1e-15, 0.5)"),
                broken(
                        "fusion: {weights: 3}",
                        "fusion.weights is not a key of the spec; known are method, clip, trim, calibration, interval"),
                broken(
                        "learning: {learner: boe}",
                        "learning.learner is boe, must be one of auto, boa, ml-poly, ml-prod, ml-ewa, hedge, fixed-share,"
                                + " ogd, adahedged, accuracy, stack; did you mean 'boa'?"),
                broken(
                        "learning: {loss: hinge}",
                        "learning.loss is hinge, must be one of log, brier, square, absolute"),
                broken("learning: {eta: 0}", "learning.eta is 0, must be above 0"),
                broken("learning: {eta: }", "learning.eta has no value; give it one or remove the key"),
                broken("target:", "target has no value; give it one or remove the key"),
                broken("learning: {eta: Infinity}", "learning.eta is Infinity, must be above 0"),
                broken("learning: {gradient: no}", "learning.gradient is no, must be one of true, false"),
                broken("learning: {maxImportance: 0.9}", "learning.maxImportance is 0.9, must be at least 1"),
                broken("learning: {publish: 0s}", "learning.publish is 0, must be at least 1ms"),
                broken("metrics: {window: 0h}", "metrics.window is 0, must be at least 1ms"),
                broken("metrics: {windw: 1h}", "metrics.windw is not a key of the spec; did you mean 'window'?"),
                broken("bootstrap: none", "bootstrap is none, must be one of published, equal"),
                broken(
                        "delivery: exactly_once",
                        "delivery is exactly_once, must be one of exactly-once, at-least-once; did you mean 'exactly-once'?"),
                broken(
                        "topics: {weights: w/1}",
                        "topics.weights is w/1, must be 1 to 249 letters, digits, dots, dashes and underscores"),
                broken("topics: {weihgts: w}", "topics.weihgts is not a key of the spec; did you mean 'weights'?"),
                broken("ensemble: other", "ensemble is given twice, must be given once"),
                broken("? [a, b]\n: 1", "the spec has a key that is not a word"),
                broken("Target: y", "Target is not a key of the spec; did you mean 'target'?"));
    }

    @ParameterizedTest
    @MethodSource("addedLines")
    void parse_addedLineBreaksARule_saysWhichAtItsLine(String added, String message) {
        assertThat(problemsOf(RIGHT + added + "\n")).containsExactly("test.yaml:11: " + message);
    }

    static Stream<Arguments> replacements() {
        String noColumn = "which is no column of the spec's features; known are x, y";
        return Stream.of(
                replaced(
                        "ensemble: test",
                        "task: binary",
                        1,
                        "ensemble is missing; name it with lower-case letters, digits, dots and dashes"),
                replaced(
                        "ensemble: test",
                        "ensemble:",
                        1,
                        "ensemble is missing; name it with lower-case letters, digits, dots and dashes"),
                replaced(
                        "ensemble: test", "ensemble: [a]", 1, "ensemble must be a single value, not a list or mapping"),
                replaced("  topic: t\n", "", 3, "events.topic is missing; name the topic that the events come from"),
                replaced("  id: i\n", "", 3, "events.id is missing; name the field that holds the event's id"),
                replaced(
                        "  time: at",
                        "  time: ''",
                        5,
                        "events.time is missing; name the field that holds the event's time"),
                replaced(
                        "  topic: t",
                        "  topic: t t",
                        3,
                        "events.topic is t t, must be 1 to 249 letters, digits, dots, dashes and underscores"),
                replaced(
                        "  id: i\n",
                        "  id: i\n  schema: \"a\\0b\"\n",
                        5,
                        "events.schema is a b, must be the path of a file"),
                replaced(
                        "  id: i\n",
                        "  id: i\n  key: k\n",
                        5,
                        "events.key is not a key of the spec; known are topic, schema, id, time, segment"),
                replaced("[x, y]", "[]", 6, "features is empty or missing; list the fields that members read"),
                replaced("[x, y]", "x", 6, "features must be a list"),
                replaced("[x, y]", "[x, x]", 6, "features has the column x twice; give one of them another name"),
                replaced("[x, y]", "[x, '']", 6, "features[1] is blank, must name a field of the record"),
                replaced("[x, y]", "[x, [y]]", 6, "features[1] must be a mapping of keys to values"),
                replaced("[x, y]", "[x, {name: y}]", 6, "features[1].field is missing; name the field of the record"),
                replaced("[x, y]", "[x, {field: y, scale: 0}]", 6, "features[1].scale is 0, must be above 0"),
                replaced("[x, y]", "[x, {field: y, mean: inf}]", 6, "features[1].mean is inf, must be a finite number"),
                replaced(
                        "[x, y]",
                        "[x, {field: y, hash: 1}]",
                        6,
                        "features[1].hash is 1, must be a whole number from 2 to 65536"),
                replaced(
                        "[x, y]",
                        "[x, {field: y, oneHot: []}]",
                        6,
                        "features[1].oneHot is empty, must list the categories"),
                replaced("[x, y]", "[x, {field: y, oneHot: a}]", 6, "features[1].oneHot must be a list"),
                replaced(
                        "[x, y]",
                        "[x, {field: y, oneHot: [[a], b]}]",
                        6,
                        "features[1].oneHot must be a list of words, not of lists or mappings"),
                replaced(
                        "[x, y]",
                        "[x, {field: y, oneHot: [a], hash: 4}]",
                        6,
                        "features[1].field is y with more than one of mean and scale, min and max, oneHot, hash,"
                                + " and tokenizer; keep one"),
                replaced(
                        "[x, y]",
                        "[x, {field: y, buckets: 4}]",
                        6,
                        "features[1].buckets is not a key of the spec; known are field, name, log, mean, scale, min, max,"
                                + " clip, oneHot, hash, tokenizer, sha256, length, pad, last, key, forget, missing, missingFlag"),
                replaced(
                        "    onnx: a.onnx\n",
                        "",
                        8,
                        "members.a has neither model nor rules, must have exactly one of onnx, torchscript, xgboost, rules"),
                replaced(
                        "    onnx: a.onnx",
                        "    onnx: a.onnx\n    xgboost: a.json",
                        8,
                        "members.a has onnx and xgboost, must have exactly one of onnx, torchscript, xgboost, rules"),
                replaced("    onnx: a.onnx", "    onnx: ''", 9, "members.a.onnx is blank, must be the path of a file"),
                replaced(
                        "    onnx: a.onnx",
                        "    onnx: a.onnx\n    otherwise: 0.5",
                        10,
                        "members.a.otherwise goes with rules only; remove it"),
                replaced(
                        "    onnx: a.onnx",
                        "    onnx: a.onnx\n    features: [z]",
                        10,
                        "members.a.features names z, " + noColumn),
                replaced(
                        "    onnx: a.onnx",
                        "    onnx: a.onnx\n    sha265: 00",
                        10,
                        "members.a.sha265 is not a key of the spec; did you mean 'sha256'?"),
                replaced("  a:\n    onnx: a.onnx", "  a: a.onnx", 8, "members.a must be a mapping of keys to values"),
                replaced(
                        "  a:",
                        "  fused:",
                        8,
                        "members.fused is no name for a member: use 1 to 64 letters, digits, dots, dashes and underscores, and neither 'fused' nor 'uniform'"),
                replaced("  b: {", "  a: {", 10, "members.a is given twice, must be given once"),
                replaced(
                        "    onnx: a.onnx",
                        "    onnx: a.onnx\n    threads: 0",
                        10,
                        "members.a.threads is 0, must be a whole number from 1 to 256"),
                replaced(
                        "    onnx: a.onnx",
                        "    torchscript: a.pt\n    threads: 2",
                        10,
                        "members.a.threads goes with onnx and xgboost only: all TorchScript models of a process share one"
                                + " setting, the JVM's option -Dai.djl.pytorch.num_threads; remove it"),
                replaced(
                        "score: 0.5}]}",
                        "score: 0.5}], threads: 2}",
                        10,
                        "members.b.threads goes with models only; rules are evaluated by one thread, so remove it"),
                replaced("score: 0.5", "score: 1.5", 10, "members.b.rules[0].score is 1.5, must be in [0, 1]"),
                replaced(
                        ", score: 0.5",
                        "",
                        10,
                        "members.b.rules[0].score is missing; give the score for when the rule holds"),
                replaced(
                        "when: x > 0.0, ",
                        "",
                        10,
                        "members.b.rules[0].when is missing; give the expression that must hold"),
                replaced(
                        "[{when: x > 0.0, score: 0.5}]",
                        "[]",
                        10,
                        "members.b.rules is empty, must list at least one rule"),
                replaced("[{when: x > 0.0, score: 0.5}]", "x > 0.0", 10, "members.b.rules must be a list"),
                replaced(
                        "[{when: x > 0.0, score: 0.5}]",
                        "[x > 0.0]",
                        10,
                        "members.b.rules[0] must be a mapping of keys to values"),
                replaced(
                        "{rules: [{when: x > 0.0, score: 0.5}]}",
                        "{rules: [{when: x > 0.0, score: 0.5}], otherwise: 2}",
                        10,
                        "members.b.otherwise is 2, must be in [0, 1]"));
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void parse_replacedPartBreaksARule_saysWhichAtItsLine(String part, String by, int line, String message) {
        assertThat(RIGHT).contains(part);
        assertThat(problemsOf(RIGHT.replace(part, by))).containsExactly("test.yaml:" + line + ": " + message);
    }

    @Test
    void parse_noMembers_saysSo() {
        String head = RIGHT.substring(0, RIGHT.indexOf("members:"));
        for (String members : new String[] {"members:", "members: {}"}) {
            assertThat(problemsOf(head + members + "\n"))
                    .containsExactly("test.yaml:7: members is empty or missing; an ensemble needs at least one member");
        }
        assertThat(problemsOf(head + "members: [a]\n"))
                .containsExactly("test.yaml:7: members must be a mapping of keys to values");
    }

    @Test
    void parse_absentSchema_namesTheFile() {
        String yaml = RIGHT.replace("  id: i\n", "  id: i\n  schema: no-such.avsc\n");
        assertThat(problemsOf(yaml))
                .singleElement()
                .asString()
                .startsWith("test.yaml:5: events.schema is no-such.avsc, but there is no file /")
                .endsWith("no-such.avsc");
    }

    private static Arguments broken(String added, String message) {
        return Arguments.of(added, message);
    }

    private static Arguments replaced(String part, String by, int line, String message) {
        return Arguments.of(part, by, line, message);
    }
}
