package io.tributary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    private final Labels digits = new Labels(Task.MULTICLASS, List.of("3", "5", "NA"));

    @ParameterizedTest
    @CsvSource({
        "BINARY, 1, 1",
        "BINARY, ' 0.0 ', 0",
        "BINARY, True, 1",
        "BINARY, FALSE, 0",
        "REGRESSION, -2.5e3, -2500",
        "QUANTILE, 7, 7",
        "MULTICLASS, 3, 0",
        "MULTICLASS, 5.0, 1",
        "MULTICLASS, 30e-1, 0",
        "MULTICLASS, NA, 2"
    })
    void parse_ofALabel_isItsNumber(Task task, String text, double label) {
        assertThat(new Labels(task, digits.classes()).parse(text)).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "nan", "NaN", "null"})
    void parse_ofNothing_isNaN(String text) {
        assertThat(digits.parse(text)).isNaN();
        assertThat(new Labels(Task.BINARY, List.of()).parse(text)).isNaN();
        assertThat(new Labels(Task.REGRESSION, List.of()).parse(text)).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BINARY; 2; must be 0 or 1, or empty",
                "BINARY; yes; must be 0 or 1, or empty",
                "REGRESSION; Infinity; must be a finite number, or empty",
                "REGRESSION; many; must be a finite number, or empty",
                "MULTICLASS; 4; must be one of the classes 3, 5, NA, or empty",
                "MULTICLASS; 0.0; must be one of the classes 3, 5, NA, or empty"
            })
    void parse_ofAnythingElse_saysTheRule(Task task, String text, String rule) {
        assertThatThrownBy(() -> new Labels(task, digits.classes()).parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rule);
    }

    @Test
    void parse_ofMinusZero_isZero() {
        assertThat(Double.doubleToLongBits(new Labels(Task.BINARY, List.of()).parse("-0")))
                .isZero();
    }

    @Test
    void problem_ofNamesThatCannotBeTold_namesThem() {
        assertThat(Labels.problem(digits.classes())).isNull();
        assertThat(Labels.problem(List.of("a"))).contains("has 1 names, must have 2 to 50");
        assertThat(Labels.problem(List.of("a", "b", "a"))).contains("names a class twice");
        for (String name : List.of("", " a", "a,b", "a\nb")) {
            assertThat(Labels.problem(List.of("x", name))).contains("has the name '" + name + "'");
        }
    }

    @Test
    void text_isReadBack() {
        assertThat(digits.text(1)).isEqualTo("5");
        assertThat(digits.text(Double.NaN)).isEmpty();
        assertThat(new Labels(Task.BINARY, List.of()).text(1)).isEqualTo("1");
        assertThat(new Labels(Task.REGRESSION, List.of()).text(-0.1)).isEqualTo("-0.1");
    }

    @Test
    void likeliest_ofEquals_isTheFirst() {
        assertThat(Labels.likeliest(new double[] {9, 0.2, 0.4, 0.4}, 1, 3)).isEqualTo(1);
    }
}
