package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.member.MemberProblem;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.MemberSpec.Rule;
import io.tributary.core.spec.MemberSpec.Score;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleProblemTest {

    private static final List<String> COLUMNS =
            List.of("tx_amount", "night", "in", "country=DE", "avg-amount", "customer.age");

    private static List<MemberProblem> check(Rule... rules) {
        MemberSpec spec = new MemberSpec(
                "gut-feeling",
                "rules",
                null,
                null,
                COLUMNS,
                MemberSpec.Input.ROWS,
                List.of(rules),
                Score.of(0),
                MemberSpec.Standing.PLAIN,
                1,
                3);
        return new RulesMemberFactory().check(spec, COLUMNS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tx_amuont > 220; undeclared reference to 'tx_amuont'; did you mean 'tx_amount'?",
                "weather > 220; undeclared reference to 'weather'; known are tx_amount, night, customer.age",
                "4 * tx_amount > 220; '*' applied to '(int, double)'; write 4.0 instead of 4",
                "tx_amount > tx_amount + 10; '+' applied to '(double, int)'; write 10.0 instead of 10",
                "night in [0, 1]; 'in' applied to '(double, list(int))'; write 0.0 instead of 0",
                "tx_amount; expected type 'bool' but found 'double'; a rule must be true or false",
                "tx_amount = 3; token recognition error at: '= '; compare with ==",
                "tx_amount > ; mismatched input '<EOF>'; does not compile",
                "tx_amount > 'a'; '>' applied to '(double, string)'; does not compile",
                "country=DE > 0.5; column country=DE is no name that rules can use; name the feature with letters",
                "avg-amount > 0.5; column avg-amount is no name that rules can use; leave the column to models",
                "tx_amount > 9999999999999999999999; does not compile; For input string",
            })
    void check_rulesThatDoNotCompile_saysWhyInOneLine(String when, String why, String hint) {
        assertThat(check(new Rule(when, Score.of(0.5), 12))).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.message())
                    .startsWith("member gut-feeling: rule '" + when.strip() + "' does not compile: ")
                    .contains(why, hint)
                    .doesNotContain("\n", "candidates", "container", "<input>");
        });
    }

    @Test
    void check_hintFollowsReason_afterASemicolon() {
        assertThat(check(new Rule("4 * tx_amount > 220", Score.of(0.5), 12))
                        .get(0)
                        .message())
                .isEqualTo("member gut-feeling: rule '4 * tx_amount > 220' does not compile: found no matching overload"
                        + " for '*' applied to '(int, double)'; write 4.0 instead of 4");
    }

    @Test
    void check_severalRules_reportsEachOnItsLine() {
        assertThat(check(
                        new Rule("tx_amount >", Score.of(0.5), 5),
                        new Rule("tx_amount > 3", Score.of(0.5), 7),
                        new Rule("night >\n  0 &&\n nigth < 1", Score.of(0.5), 9)))
                .extracting(MemberProblem::line)
                .containsExactly(5, 9);
    }

    @Test
    void check_ruleOverSeveralLines_isShownOnOne() {
        assertThat(check(new Rule("night >\n  0 &&\n nigth < 1\n", Score.of(0.5), 9))
                        .get(0)
                        .message())
                .contains("rule 'night > 0 && nigth < 1' does")
                .endsWith("did you mean 'night'?");
    }

    @Test
    void check_soundRules_findsNothing() {
        assertThat(check(new Rule("tx_amount > 220 && customer.age < 18", Score.of(0.5), 5)))
                .isEmpty();
    }
}
