package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of a feature allow together, and what they read as. */
class PreparationRulesTest {

    private static final String LINE_6 = "features: [x, y]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            min: 0                          | min stands alone; give both min and max, which become 0 and 1
            max: 3                          | max stands alone; give both min and max, which become 0 and 1
            min: 3, max: 3                  | max is 3, must be above min, 3
            min: 0, max: far                | max is far, must be a finite number
            clip: true                      | clip goes with min and max only; remove it
            clip: 'no', min: 0, max: 1      | clip is no, must be one of true, false
            log: ln                         | log is ln, must be one of true, false
            log: true, missing: -1          | missing is -1, must be above -1, since log follows
            missing: drop                   | missing is drop, must be keep, or the number that stands in for a missing one
            missing: inf                    | missing is inf, must be keep, or the number that stands in for a missing one
            missingFlag: 1                  | missingFlag is 1, must be one of true, false
            hash: 4, log: true              | log goes with numbers only, and oneHot, hash and tokenizer read text; remove it
            length: 8                       | length goes with tokenizer only; remove it
            pad: 0                          | pad goes with tokenizer only; remove it
            tokenizer: t.json               | tokenizer stands without length; give the number of tokens that members read
            tokenizer: '', length: 8        | tokenizer is blank, must be the path of a file
            tokenizer: t, length: 0         | length is 0, must be a whole number from 1 to 8192
            tokenizer: t, length: 8, pad: x | pad is x, must be a whole number from 0 to 16777216
            tokenizer: t, length: 8, sha256: 0 | sha256 is 0, must be 64 hexadecimal digits
            tokenizer: t, length: 8, missingFlag: true | missingFlag does not go with tokenizer; remove it
            tokenizer: t, length: 8, log: true | log goes with numbers only, and oneHot, hash and tokenizer read text; remove it
            last: 1, key: c                 | last is 1, must be a whole number from 2 to 4096
            last: 8                         | key is missing; name the field whose events make up a sequence
            key: c                          | key goes with last only; remove it
            forget: 1d                      | forget goes with last only; remove it
            last: 8, key: c, forget: 0s     | forget is 0, must be longer, or no event would have one before it
            last: 8, key: c, forget: soon   | forget is soon, must be a duration such as 5ms, 2s, 10m, 3h or 45d
            last: 8, key: c, missingFlag: true | missingFlag does not go with last; remove it
            hash: 4, last: 8                | last goes with numbers only, and oneHot, hash and tokenizer read text; remove it
            mean: 1, min: 0, max: 1         | field is z with more than one of mean and scale, min and max, oneHot, hash, and tokenizer; keep one
            """)
    void feature_keysThatContradict_areAProblem(String keys, String problem) {
        String feature = "features: [x, y, {field: z, " + keys + "}]";
        assertThat(problemsOf(SpecRulesTest.RIGHT.replace(LINE_6, feature)))
                .containsExactly("test.yaml:6: features[2]." + problem);
    }

    @Test
    void feature_flagNamedAsAnother_isAProblem() {
        assertThat(problemsOf(
                        SpecRulesTest.RIGHT.replace(LINE_6, "features: [x.missing, {field: x, missingFlag: true}]")))
                .contains("test.yaml:6: features has the column x.missing twice; give one of them another name");
    }

    @Test
    void features_preparedInEveryWay_areRead() {
        assertThat(features("{field: x, log: true, min: 1, max: 3, clip: true, missing: 2}"))
                .containsExactly(new FeatureSpec.Numeric("x", "x", new NumberSteps(2, true, 1, 2, true)));
        assertThat(features("{field: x, missing: keep, missingFlag: true}"))
                .containsExactly(new FeatureSpec.Flagged(new FeatureSpec.Numeric("x", "x", NumberSteps.NONE)));
        assertThat(features("{field: x, oneHot: [a], missing: a}, {field: x, name: h, hash: 2, missing: ''}"))
                .containsExactly(
                        new FeatureSpec.OneHot("x", "x", List.of("a"), "a"), new FeatureSpec.Hashed("h", "x", 2, ""));
    }

    @Test
    void sequences_ofSeveralKeys_areAProblem() {
        String first = "{field: z, key: c, last: 2, forget: 1d}";
        assertThat(problemsOf(SpecRulesTest.RIGHT.replace(
                        LINE_6, "features: [x, y, " + first + ", {field: w, key: d, last: 3, forget: 1d}]")))
                .containsExactly(
                        "test.yaml:6: features[3].key is d, and that of z is c; all sequences of a spec must have"
                                + " the same key");
        assertThat(problemsOf(SpecRulesTest.RIGHT.replace(
                        LINE_6, "features: [x, y, " + first + ", {field: w, key: c, last: 3}]")))
                .containsExactly(
                        "test.yaml:6: features[3].forget differs from that of z; all sequences of a spec must have"
                                + " the same");
    }

    @Test
    void sequences_ofOneKey_areRead() {
        FeaturePlan plan = new FeaturePlan(features(
                "{field: x, key: c, last: 3, log: true, missing: 0}, y, {field: y, name: z, key: c, last: 2}"));
        assertThat(plan.columns()).containsExactly("x[-2]", "x[-1]", "x[0]", "y", "z[-1]", "z[0]");
        assertThat(plan.sequenceKey()).isEqualTo("c");
        assertThat(plan.sequences())
                .containsExactly(
                        new FeatureSpec.Sequence("x", "x", "c", 3, null, new NumberSteps(0, true, 0, 1, false)),
                        new FeatureSpec.Sequence("z", "y", "c", 2, null, NumberSteps.NONE));
        assertThat(((FeatureSpec.Sequence) features("{field: x, key: c, last: 3, forget: 2d}")
                                .get(0))
                        .forget())
                .isEqualTo(Duration.ofDays(2));
        assertThat(new FeaturePlan(features("x")).sequenceKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            onnx: a.onnx, input: {shape: [3, 2]}    | input.shape is [3, 2], must be whole numbers that multiply to 2, the columns that the member reads
            onnx: a.onnx, input: {shape: [2, x]}    | input.shape is [2, x], must be whole numbers that multiply to 2, the columns that the member reads
            onnx: a.onnx, input: {shape: [-2, -1]}  | input.shape is [-2, -1], must be whole numbers that multiply to 2, the columns that the member reads
            onnx: a.onnx, input: {shape: []}        | input.shape is empty, must list the lengths of a row's dimensions
            onnx: a.onnx, input: {type: int32}      | input.type is int32, must be one of float32, int64
            onnx: a.onnx, input: {kind: int64}      | input.kind is not a key of the spec; known are type, shape
            xgboost: a.json, input: {type: int64}   | input goes with onnx and torchscript only; remove it
            """)
    void member_inputThatCannotBe_isAProblem(String keys, String problem) {
        String spec = SpecRulesTest.RIGHT.replace("  a:\n    onnx: a.onnx", "  a: {" + keys + "}");
        assertThat(problemsOf(spec)).containsExactly("test.yaml:8: members.a." + problem);
    }

    @Test
    void member_namesFeatures_readsAllTheirColumns() {
        List<MemberSpec> members = SpecParser.parse("""
                        ensemble: test
                        events: {topic: t, id: i, time: at}
                        features: [x, {field: c, oneHot: [a, b]}, {field: y, missingFlag: true}]
                        members:
                          m: {torchscript: m.pt, features: [c, y, x, y.missing], input: {type: int64, shape: [5, 1]}}
                          n: {onnx: n.onnx}
                        """, Path.of("test.yaml")).members();
        assertThat(members.get(0).columns()).containsExactly("c=a", "c=b", "y", "x", "y.missing");
        assertThat(members.get(0).input()).isEqualTo(new MemberSpec.Input(true, List.of(5, 1)));
        assertThat(members.get(1).input()).isEqualTo(MemberSpec.Input.ROWS);
    }

    private static List<FeatureSpec> features(String features) {
        return SpecParser.parse("""
                        ensemble: test
                        events: {topic: t, id: i, time: at}
                        features: [%s]
                        members: {a: {onnx: a.onnx}}
                        """.formatted(features), Path.of("test.yaml"))
                .features()
                .features();
    }
}
