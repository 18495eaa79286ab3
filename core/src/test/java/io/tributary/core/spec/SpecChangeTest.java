package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may change while traffic flows, and what may not. */
class SpecChangeTest {

    private static EnsembleSpec spec(String yaml) {
        return SpecParser.parse(yaml, Path.of("test.yaml"));
    }

    private static EnsembleSpec changed(String from, String to) {
        String yaml = SpecRulesTest.RIGHT.replace(from, to);
        assertThat(yaml).isNotEqualTo(SpecRulesTest.RIGHT);
        return spec(yaml + "version: 2\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '  a:\n    onnx: a.onnx'      | '  c:\n    onnx: c.onnx'
            '  b: {'                      | '  d: {onnx: d.onnx}\n  b: {'
            'score: 0.5'                  | 'score: 0.4'
            'ensemble: test'              | 'ensemble: test\ndeadline: 3s\nbatch: {size: 8}\nlearning: {learner: boa}'
            'ensemble: test'              | 'ensemble: test\noutcomes: {maxDelay: 90d, settle: 2h}'
            """)
    void membersAndHowTheyAreUsed_mayChange(String from, String to) {
        assertThat(SpecChange.problems(spec(SpecRulesTest.RIGHT), changed(from, to)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [x, y]         | [y, x]                                              | features
            'topic: t'     | 'topic: u'                                          | events
            ensemble: test | 'ensemble: test\ntopics: {metrics: m}'              | topics
            ensemble: test | 'ensemble: test\ndelivery: exactly-once'            | delivery
            ensemble: test | 'ensemble: test\noutcomes: {topic: labels}'           | outcomes
            ensemble: test | 'ensemble: test\noutcomes: {copartitioned: true}'     | outcomes
            ensemble: test | 'ensemble: test\noutcomes: {topic: test.outcomes, id: i, label: y, time: at}' | outcomes
            ensemble: test | 'ensemble: test\ntask: regression'                  | task
            ensemble: test | 'ensemble: test\nslots: {x: {members: [a, b]}}'     | slots
            """)
    void whatMakesAnotherJob_mayNot(String from, String to, String key) {
        assertThat(SpecChange.problems(spec(SpecRulesTest.RIGHT), changed(from, to)))
                .singleElement()
                .asString()
                .startsWith(key + " differs from the running version's, which makes another job");
    }

    @Test
    void membersMayMoveFromSlotToSlot() {
        String slots = "slots: {one: {members: [a]}, two: {members: [b]}}\n";
        String moved = "slots: {one: {members: [b]}, two: {members: [a]}}\nversion: 2\n";

        assertThat(SpecChange.problems(spec(SpecRulesTest.RIGHT + slots), spec(SpecRulesTest.RIGHT + moved)))
                .isEmpty();
    }

    /** Versions that are published have their files elsewhere. */
    @Test
    void filesMayMove_andTheirContentsMayNot() throws Exception {
        Path folder = Files.createTempDirectory("spec-change");
        Path here = Files.writeString(folder.resolve("a.json"), "{}");
        Path there = Files.writeString(folder.resolve("b.json"), "{}");
        Path other = Files.writeString(folder.resolve("c.json"), "{ }");
        String yaml = SpecRulesTest.RIGHT.replace("[x, y]", "[x, {field: y, length: 2, pad: 0, tokenizer: FILE}]");
        EnsembleSpec running = spec(yaml.replace("FILE", here.toString()));

        assertThat(SpecChange.problems(running, spec(yaml.replace("FILE", there.toString()) + "version: 2\n")))
                .isEmpty();
        assertThat(SpecChange.problems(running, spec(yaml.replace("FILE", other.toString()) + "version: 2\n")))
                .singleElement()
                .asString()
                .startsWith("features differs");
    }

    @Test
    void versionMustRise() {
        assertThat(SpecChange.problems(spec(SpecRulesTest.RIGHT), spec(SpecRulesTest.RIGHT)))
                .containsExactly("version is 1, must be above 1, the version that runs");
    }
}
