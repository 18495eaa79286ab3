package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIsolationTest {

    private static final int ROWS = 64;

    private final RowIsolation isolation = new RowIsolation(new MemberSetup(List.of("x"), ROWS, 2));
    private final double[] scores = new double[2 * ROWS];
    private final boolean[] failed = new boolean[ROWS];

    private static FeatureBatch batch(int rows) {
        FeatureBatch batch = new FeatureBatch(ROWS, 1);
        for (int i = 0; i < rows; i++) {
            batch.add(new float[] {i});
        }
        return batch;
    }

    private static FakeMember failingOn(Set<Integer> rows) {
        return FakeMember.ofClasses(row -> {
            if (rows.contains((int) row[0])) {
                throw new IllegalStateException("row " + (int) row[0]);
            }
            return new double[] {row[0], row[0] + 0.5};
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64})
    void noBadRow_isOneCall(int rows) throws Exception {
        FakeMember member = failingOn(Set.of());

        assertThat(isolation.score(member, batch(rows), scores, failed, () -> true))
                .isNull();
        assertThat(member.batches()).isEqualTo(1);
        assertScored(rows, Set.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 62, 63})
    void oneBadRow_isAloneInHavingNoScore(int bad) throws Exception {
        FakeMember member = failingOn(Set.of(bad));

        assertThat(isolation.score(member, batch(ROWS), scores, failed, () -> true))
                .hasMessage("row " + bad);
        assertScored(ROWS, Set.of(bad));
        assertThat(member.batches()).isEqualTo(13);
    }

    @Test
    void twoBadRows_areAloneInHavingNoScore() throws Exception {
        isolation.score(failingOn(Set.of(5, 40)), batch(ROWS), scores, failed, () -> true);

        assertScored(ROWS, Set.of(5, 40));
    }

    @Test
    void batchOfOne_failsAtOnce() throws Exception {
        FakeMember member = failingOn(Set.of(0));

        assertThat(isolation.score(member, batch(1), scores, failed, () -> true))
                .isNotNull();
        assertThat(failed[0]).isTrue();
        assertThat(member.batches()).isEqualTo(1);
    }

    @Test
    void memberThatAlwaysFails_isGivenUpSoon() throws Exception {
        FakeMember member = FakeMember.always(0.5);
        member.failWith(new IllegalStateException("gone"));

        assertThat(isolation.score(member, batch(ROWS), scores, failed, () -> true))
                .hasMessage("gone");
        assertThat(failed).containsOnly(true);
        assertThat(scores).containsOnly(Double.NaN);
        assertThat(member.batches()).isLessThanOrEqualTo(1 + 28);
    }

    @Test
    void rowThatIsTooDeep_isThatRowsFault() throws Exception {
        FakeMember member = FakeMember.ofClasses(row -> {
            if (row[0] == 3) {
                throw new StackOverflowError();
            }
            return new double[] {row[0], row[0] + 0.5};
        });
        assertThat(isolation.score(member, batch(ROWS), scores, failed, () -> true))
                .isInstanceOf(StackOverflowError.class);
        assertScored(ROWS, Set.of(3));
    }

    @Test
    void scoresThatNobodyWaitsFor_areNotAskedForAgain() throws Exception {
        FakeMember member = failingOn(Set.of(5));

        isolation.score(member, batch(ROWS), scores, failed, () -> false);
        assertThat(member.batches()).isEqualTo(1);
        assertThat(failed).containsOnly(true);
    }

    @Test
    void wrongShape_isNoRowsFault() {
        FakeMember member = FakeMember.always(0.5);
        member.failWith(new WrongShapeException("[64, 3]", ROWS, 2));

        assertThatThrownBy(() -> isolation.score(member, batch(ROWS), scores, failed, () -> true))
                .isInstanceOf(WrongShapeException.class);
        assertThat(member.batches()).isEqualTo(1);
    }

    private void assertScored(int rows, Set<Integer> bad) {
        for (int i = 0; i < rows; i++) {
            assertThat(failed[i]).as("row %d", i).isEqualTo(bad.contains(i));
            assertThat(scores[2 * i]).isEqualTo(Double.valueOf(bad.contains(i) ? Double.NaN : i));
            assertThat(scores[2 * i + 1]).isEqualTo(Double.valueOf(bad.contains(i) ? Double.NaN : i + 0.5));
        }
    }
}
