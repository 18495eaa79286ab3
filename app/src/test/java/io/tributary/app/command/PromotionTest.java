package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.app.UserError;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A shadow gets its place in the text of a spec, and all else stays as it was written. */
class PromotionTest {

    private static final String SPEC = """
            # Ours.
            ensemble: test
            version: 7   # raised by hand
            events: {topic: t, id: i, time: at}
            features: [x]
            members:
              a: {rules: [{when: x > 0.0, score: 0.5}]}
              MEMBER
              c: {shadow: true, rules: [{when: x > 0.0, score: 0.5}]}
            """;

    private static String promoted(String yaml, String member) {
        return Promotion.of(yaml, SpecParser.parse(yaml, Path.of("test.yaml")), member);
    }

    static List<Arguments> shadows() {
        return List.of(
                arguments(
                        "s: {shadow: true, rules: [{when: x > 0.0, score: 0.5}]}",
                        "s: {rules: [{when: x > 0.0, score: 0.5}]}"),
                arguments(
                        "s: {rules: [{when: x > 0.0, score: 0.5}], shadow: true}",
                        "s: {rules: [{when: x > 0.0, score: 0.5}]}"),
                arguments(
                        "s:\n    shadow: true  # until it has proved itself\n    rules: [{when: x > 0.0, score: 0.5}]",
                        "s:\n    rules: [{when: x > 0.0, score: 0.5}]"),
                arguments(
                        "s:\n    rules:\n      - {when: x > 0.0, score: 0.5}\n    shadow: true",
                        "s:\n    rules:\n      - {when: x > 0.0, score: 0.5}"));
    }

    @ParameterizedTest
    @MethodSource("shadows")
    void shadow_howeverItIsWritten_isTakenOut(String member, String without) {
        String promoted = promoted(SPEC.replace("MEMBER", member), "s");

        assertThat(promoted).isEqualTo(SPEC.replace("MEMBER", without).replace("version: 7", "version: 8"));
        assertThat(SpecParser.parse(promoted, Path.of("test.yaml")).shadows()).containsExactly("c");
    }

    @Test
    void specWithoutAVersion_getsTheSecond() {
        String yaml = SPEC.replace("version: 7   # raised by hand\n", "")
                .replace("MEMBER", "s: {shadow: true, rules: [{when: x > 0.0, score: 0.5}]}");

        assertThat(SpecParser.parse(promoted(yaml, "s"), Path.of("test.yaml")).version())
                .isEqualTo(2);
    }

    @Test
    void memberThatIsNoShadow_isRefused() {
        String yaml = SPEC.replace("MEMBER", "s: {shadow: true, rules: [{when: x > 0.0, score: 0.5}]}");

        assertThatThrownBy(() -> promoted(yaml, "a"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a is no shadow in test.yaml");
        assertThatThrownBy(() -> promoted(yaml, "z"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("z is no member of test.yaml, which has a, s, c");
    }

    @Test
    void shadowWrittenInAnotherWay_isLeftToTheUser() {
        String yaml = SPEC.replace("MEMBER", "s: {\"shadow\": true, rules: [{when: x > 0.0, score: 0.5}]}");

        assertThatThrownBy(() -> promoted(yaml, "s"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be taken out of test.yaml:8 automatically");
    }
}
