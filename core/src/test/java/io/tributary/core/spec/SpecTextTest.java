package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static io.tributary.core.spec.SpecRulesTest.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text that is no YAML, or more of it than a spec can be. */
class SpecTextTest {

    @Test
    void parse_syntaxErrors_haveTheirLine() {
        assertThat(problemsOf(RIGHT + "batch: {size: 3\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:12: this is not YAML: expected ',' or '}'");
        assertThat(problemsOf(RIGHT + "a: b: c\n"))
                .containsExactly("test.yaml:11: this is not YAML: mapping values are not allowed here");
        assertThat(problemsOf(RIGHT + "\tbatch: 1\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:11: this is not YAML: ");
        assertThat(problemsOf(RIGHT + "---\nanother: one\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:11: this is not YAML: ");
        assertThat(problemsOf(RIGHT + "target: *nowhere\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:11: this is not YAML: ")
                .contains("nowhere");
    }

    @Test
    void parse_openQuote_saysWhereItBegan() {
        assertThat(problemsOf(RIGHT + "target: 'open\n\nversion: 1\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:14: this is not YAML: ")
                .endsWith("that begins at line 11");
    }

    @Test
    void parse_forbiddenCharacter_isNamedAtItsLine() {
        assertThat(problemsOf(RIGHT + "target: a\u0007b\n"))
                .containsExactly("test.yaml:11: this is not YAML: the character U+0007 is not allowed; remove it");
    }

    @Test
    void parse_deepNesting_isRefusedWithoutOverflow() {
        assertThat(problemsOf(RIGHT + "target: " + "[".repeat(100_000)))
                .containsExactly(
                        "test.yaml:1: the spec nests lists or mappings too deeply; a spec needs six levels at most");
    }

    @Test
    void parse_longValue_isCutInTheMessage() {
        assertThat(problemsOf(RIGHT + "version: " + "9".repeat(1000) + "\n"))
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .contains("9…, must be a whole number");
    }
}
