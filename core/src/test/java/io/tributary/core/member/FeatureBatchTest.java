package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FeatureBatchTest {

    @Test
    void add_rows_keepsCopiesInOrder() {
        FeatureBatch batch = new FeatureBatch(2, 3);
        float[] row = {1, 2, Float.NaN};
        batch.add(row);
        row[0] = 9;
        batch.add(row);

        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.get(0, 0)).isEqualTo(1);
        assertThat(batch.get(1, 0)).isEqualTo(9);
        assertThat(batch.get(1, 2)).isNaN();
    }

    @Test
    void clear_fullBatch_takesRowsAgain() {
        FeatureBatch batch = new FeatureBatch(1, 1);
        batch.add(new float[] {1});
        batch.clear();
        assertThat(batch.rows()).isZero();
        assertThat(batch.isFull()).isFalse();

        batch.add(new float[] {2});
        assertThat(batch.get(0, 0)).isEqualTo(2);
    }

    @Test
    void inPlace_isDirectAndFollowsTheRows() {
        FeatureBatch batch = new FeatureBatch(3, 2);
        batch.add(new float[] {1, 2});
        assertThat(values(batch)).containsExactly(1, 2);

        batch.add(new float[] {3, Float.NaN});
        assertThat(values(batch)).containsExactly(1, 2, 3, Float.NaN);

        batch.clear();
        batch.add(new float[] {5, 6});
        assertThat(values(batch)).containsExactly(5, 6);
        assertThat(batch.inPlace().isDirect()).isTrue();
    }

    /** Members read on threads of their own. */
    @Test
    void inPlace_hasAPositionForEachCaller() {
        FeatureBatch batch = new FeatureBatch(1, 2);
        batch.add(new float[] {1, 2});
        FloatBuffer first = batch.inPlace();
        first.get();

        assertThat(batch.inPlace().position()).isZero();
        assertThat(first.get()).isEqualTo(2);
    }

    private static float[] values(FeatureBatch batch) {
        float[] values = new float[batch.inPlace().remaining()];
        batch.inPlace().get(values);
        return values;
    }

    @Test
    void add_rowOfOtherWidth_isRefusedWithBothNumbers() {
        FeatureBatch batch = new FeatureBatch(1, 2);
        assertThatThrownBy(() -> batch.add(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of 3 features, must be 2");
        assertThat(batch.rows()).isZero();
    }

    @Test
    void add_toFullBatch_isRefusedAndChangesNothing() {
        FeatureBatch batch = new FeatureBatch(1, 1);
        batch.add(new float[] {1});
        assertThatThrownBy(() -> batch.add(new float[] {2})).isInstanceOf(RuntimeException.class);
        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.get(0, 0)).isEqualTo(1);
    }

    @Test
    void new_withoutRowsOrColumns_isRefused() {
        assertThatThrownBy(() -> new FeatureBatch(0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FeatureBatch(3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 rows and 0 columns");
    }
}
