package io.tributary.members;

import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.MemberSpec.Rule;
import io.tributary.core.spec.MemberSpec.Score;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesMemberTest {

    private static final List<String> COLUMNS = List.of("amount", "night", "customer.age");
    private static final float MISSING = Float.NaN;

    private static Member open(Rule... rules) {
        return open(COLUMNS, COLUMNS, rules);
    }

    private static Member open(List<String> reads, List<String> columns, Rule... rules) {
        MemberSpec spec = new MemberSpec(
                "tested",
                "rules",
                null,
                null,
                reads,
                MemberSpec.Input.ROWS,
                List.of(rules),
                Score.of(0.125),
                MemberSpec.Standing.PLAIN,
                1,
                3);
        return new RulesMemberFactory().open(spec, new MemberSetup(columns, 8, 1));
    }

    private static Rule rule(String when, double score) {
        return new Rule(when, Score.of(score), 4);
    }

    @Test
    void score_thatIsAnExpression_isMadeOfTheRow() throws Exception {
        Member member = open(new Rule("night > 0.5", new Score(Double.NaN, "amount / 2.0 + 1.0"), 4));
        assertThat(score(member, row(300, 1), row(1, 0), row(MISSING, 1))).containsExactly(151, 0.125, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({
        "amount > 3.0, 'expected type ''double'' but found ''bool''; a score must be a number'",
        "amuont, 'did you mean ''amount''?'",
        "2 * amount, write 2.0 instead of 2"
    })
    void open_scoreThatIsNoNumber_saysWhatToWrite(String expression, String message) {
        assertThatThrownBy(() -> open(new Rule("night > 0.5", new Score(Double.NaN, expression), 4)))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("score '" + expression + "' does not compile")
                .hasMessageContaining(message);
    }

    @Test
    void score_severalRulesHold_firstGivesTheScore() throws Exception {
        Member member = open(rule("amount > 220.0", 0.9), rule("night > 0.5", 0.5));
        assertThat(score(member, row(300, 1), row(1, 1), row(300, 0), row(1, 0)))
                .containsExactly(0.9, 0.5, 0.9, 0.125);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "amount > 220",
                "220 < amount",
                "amount >= 221",
                "amount == 300",
                "amount != 299",
                "!(amount <= 220)",
                "-amount < -220",
                "amount > 220 && night == 1",
                "(night == 1 ? amount : 0.0) > 220",
                "4.0 * amount > 1000",
                "customer.age >= 18",
                "amount in [1.0, 300.0]",
                "[amount, night].exists(x, x > 220)",
                "int(amount) == 300",
                "double(int(amount)) > 220",
                "amount > 220 // a comment"
            })
    void score_wholeNumberLiterals_compareWithColumns(String when) throws Exception {
        assertThat(score(open(rule(when, 0.75)), new float[] {300, 1, 18})).containsExactly(0.75);
    }

    @ParameterizedTest
    @CsvSource({
        "amount > 220, 0.125",
        "amount > 220.0, 0.125",
        "220 < amount, 0.125",
        "amount < 220, 0.125",
        "amount >= 220, 0.125",
        "amount <= 220, 0.125",
        "amount == 220, 0.125",
        "amount == amount, 0.125",
        "amount + 1.0 > 0, 0.125",
        "dyn(amount) > 220, 0.125",
        "amount != 220, 0.75",
        "amount != amount, 0.75",
        "!(amount > 220), 0.75",
        "amount > 220 || night == 1, 0.75"
    })
    void score_missingColumn_comparesAsNaNDoes(String when, double expected) throws Exception {
        assertThat(score(open(rule(when, 0.75)), row(MISSING, 1))).containsExactly(expected);
    }

    @Test
    void score_ruleThatCannotBeEvaluated_leavesThatRowWithoutScore() throws Exception {
        Member member = open(rule("night > 0", 0.5), rule("10 / int(amount) > 3", 0.9));
        assertThat(score(member, row(2, 0), row(0, 0), row(5, 0), row(MISSING, 0), row(0, 1)))
                .containsExactly(0.9, Double.NaN, 0.125, Double.NaN, 0.5);
    }

    @Test
    void score_answerThatIsNoBoolean_leavesTheRowWithoutScore() throws Exception {
        assertThat(score(open(rule("dyn(amount)", 0.5)), row(2, 0))).containsExactly(Double.NaN);
    }

    @Test
    void score_columnsAmongOthersInAnotherOrder_readsByName() throws Exception {
        Member member = open(
                List.of("amount"), List.of("other", "country=DE", "amount"), rule("amount > 1 && amount < 3", 0.5));
        assertThat(score(member, new float[] {2, 2, 0}, new float[] {0, 0, 2})).containsExactly(0.125, 0.5);
    }

    @Test
    void score_columnsOfFloatPrecision_areNotRounded() throws Exception {
        // The float nearest to 220.1 lies above it.
        assertThat(score(open(rule("amount > 220.1", 0.5)), row(220.1f, 0))).containsExactly(0.5);
    }

    @Test
    void score_twoThreads_doNotDisturbEachOther() throws Exception {
        CompletableFuture<List<double[]>> other = CompletableFuture.supplyAsync(() -> many(1, 0.5));
        assertThat(many(300, 0.9)).allSatisfy(scores -> assertThat(scores).containsOnly(0.9));
        assertThat(other.get()).allSatisfy(scores -> assertThat(scores).containsOnly(0.125));
    }

    private static List<double[]> many(float amount, double whenHigh) {
        try (Member member = open(rule("amount > 220", whenHigh))) {
            return IntStream.range(0, 500)
                    .mapToObj(i -> {
                        try {
                            return score(member, row(amount, 0), row(amount, 1));
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void open_ruleThatDoesNotCompile_isRefused() {
        assertThatThrownBy(() -> open(rule("amount > 1", 0.5), rule("amuont > 1", 0.5)))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("member tested: rule 'amuont > 1' does not compile")
                .hasCauseInstanceOf(Exception.class);
    }

    @Test
    void score_batchOfAnotherWidth_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> score(open(rule("amount > 1", 0.5)), new float[1][7]))
                .withMessageContaining("7 columns");
    }

    private static float[] row(float amount, float night) {
        return new float[] {amount, night, 40};
    }
}
