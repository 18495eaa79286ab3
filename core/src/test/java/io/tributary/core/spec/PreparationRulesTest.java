package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

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
            hash: 4, log: true              | log goes with numbers only, and oneHot and hash read text; remove it
            mean: 1, min: 0, max: 1         | field is z with more than one of mean and scale, min and max, oneHot, and hash; keep one
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

    private static List<FeatureSpec> features(String features) {
        return SpecParser.parse("""
                        ensemble: test
                        events: {topic: t, id: i, time: at}
                        features: [%s]
                        members: {a: {onnx: a.onnx}}
                        """.formatted(features), java.nio.file.Path.of("test.yaml"))
                .features()
                .features();
    }
}
