package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What part a member has in the fusion. */
class StandingTest {

    private static final String SPEC = SpecRulesTest.RIGHT.replace("onnx: a.onnx", "onnx: a.onnx\n    shadow: true");

    @Test
    void shadow_isRead() {
        EnsembleSpec spec = SpecParser.parse(SPEC, Path.of("test.yaml"));

        assertThat(spec.members())
                .extracting(MemberSpec::standing)
                .containsExactly(MemberSpec.Standing.SHADOW, MemberSpec.Standing.PLAIN);
        assertThat(spec.plan().shadows()).containsExactly("a");
        assertThat(spec.plan().required()).isEmpty();
    }

    @Test
    void shadowThatIsRequired_isAProblem() {
        assertThat(problemsOf(SPEC.replace("shadow: true", "shadow: true\n    required: true")))
                .containsExactly("test.yaml:10: members.a.shadow does not go with required: a shadow has no part in the"
                        + " fusion; keep one");
    }

    @Test
    void nothingButShadows_isAProblem() {
        assertThat(problemsOf(SPEC.replace("b: {rules", "b: {shadow: true, rules")))
                .containsExactly("test.yaml:7: members are all shadows; at least one must have a part in the fusion");
    }
}
