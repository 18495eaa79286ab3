package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSpecTest {

    private final FeatureSpec plain = new FeatureSpec.Numeric("amount", "tx.amount", NumberSteps.NONE);
    private final FeatureSpec standardised = new FeatureSpec.Numeric("hour", "hour", NumberSteps.standardised(12, 4));
    private final FeatureSpec oneHot = new FeatureSpec.OneHot("country", "country", List.of("DE", "FR"), null);
    private final FeatureSpec hashed = new FeatureSpec.Hashed("merchant", "merchant", 4, null);
    private final float[] row = {7, 7, 7, 7, 7, 7};

    @Test
    void plan_columnsAndWidth_followTheSpecsOrder() {
        FeaturePlan plan = new FeaturePlan(List.of(plain, oneHot, hashed, standardised));
        assertThat(plan.columns())
                .containsExactly(
                        "amount",
                        "country=DE",
                        "country=FR",
                        "merchant#0",
                        "merchant#1",
                        "merchant#2",
                        "merchant#3",
                        "hour");
        assertThat(plan.width()).isEqualTo(8);
    }

    @Test
    void numeric_value_isStandardisedInDoublePrecision() {
        plain.fill(1.5, row, 0);
        standardised.fill(18, row, 1);
        assertThat(row).containsExactly(1.5f, 1.5f, 7, 7, 7, 7);

        new FeatureSpec.Numeric("time", "time", NumberSteps.standardised(1e9, 2)).fill(1e9 + 1, row, 2);
        assertThat(row[2]).isEqualTo(0.5f);
    }

    @Test
    void numeric_missing_isNaN() {
        standardised.fill(Double.NaN, row, 3);
        assertThat(row[3]).isNaN();
    }

    @Test
    void numeric_steps_imputeThenTakeTheLogarithmThenScaleThenClip() {
        NumberSteps steps = new NumberSteps(Math.E - 1, true, 0, 4, true);
        assertThat(steps.apply(Double.NaN)).isEqualTo(0.25f);
        assertThat(steps.apply(1e9)).isEqualTo(1);
        assertThat(steps.apply(-0.5)).isEqualTo(0);
    }

    @Test
    void numeric_withoutALogarithm_isMissing() {
        NumberSteps steps = new NumberSteps(5, true, 0, 1, true);
        assertThat(steps.apply(-1)).isNaN();
        assertThat(steps.apply(-7)).isNaN();
    }

    @Test
    void flagged_anyFeature_saysInAColumnOfItsOwnWhetherItWasMissing() {
        FeatureSpec number =
                new FeatureSpec.Flagged(new FeatureSpec.Numeric("x", "x", new NumberSteps(3, false, 0, 1, false)));
        FeatureSpec text = new FeatureSpec.Flagged(new FeatureSpec.OneHot("c", "c", List.of("a", "b"), "b"));
        assertThat(new FeaturePlan(List.of(number, text)).columns())
                .containsExactly("x", "x.missing", "c=a", "c=b", "c.missing");

        number.fill(Double.NaN, row, 0);
        text.fill((String) null, row, 2);
        assertThat(row).containsExactly(3, 1, 0, 1, 1, 7);
        number.fill(4, row, 0);
        text.fill("a", row, 2);
        assertThat(row).containsExactly(4, 0, 1, 0, 0, 7);
    }

    @Test
    void oneHot_knownUnknownAndMissing() {
        oneHot.fill("FR", row, 1);
        assertThat(row).containsExactly(7, 0, 1, 7, 7, 7);
        oneHot.fill("GB", row, 1);
        assertThat(row).containsExactly(7, 0, 0, 7, 7, 7);
        oneHot.fill((String) null, row, 1);
        assertThat(row).containsExactly(7, Float.NaN, Float.NaN, 7, 7, 7);
    }

    @Test
    void hashed_text_fallsIntoOneBucketEvenWithNegativeHash() {
        assertThat("polygenelubricants".hashCode()).isEqualTo(Integer.MIN_VALUE);
        hashed.fill("polygenelubricants", row, 1);
        assertThat(row).containsExactly(7, 1, 0, 0, 0, 7);
        assertThat(Math.floorMod("shop".hashCode(), 4)).isEqualTo(2);
        hashed.fill("shop", row, 1);
        assertThat(row).containsExactly(7, 0, 0, 1, 0, 7);
        hashed.fill((String) null, row, 1);
        assertThat(row).containsExactly(7, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 7);
    }

    @Test
    void fill_ofTheOtherType_isRefused() {
        assertThat(plain.isText()).isFalse();
        assertThat(oneHot.isText()).isTrue();
        assertThatThrownBy(() -> plain.fill("text", row, 0)).hasMessage("tx.amount is read as a number");
        assertThatThrownBy(() -> oneHot.fill(1.0, row, 0)).hasMessage("country is read as text");
    }
}
