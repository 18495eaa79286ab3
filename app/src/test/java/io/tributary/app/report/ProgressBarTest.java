package io.tributary.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Time is what the test says it is. */
class ProgressBarTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter written = new StringWriter();
    private long now = 7 * SECOND;

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintWriter(written), terminal, "rows", 2000, () -> now);
    }

    @Test
    void onATerminal_isRedrawnInPlaceAndWipedAtTheEnd() {
        try (ProgressBar bar = bar(true)) {
            now += SECOND;
            bar.at(500);
            now += SECOND;
            bar.at(1000);
        }

        assertThat(written.toString())
                .contains("\r\u001b[K  █████░░░░░░░░░░░░░░░   25 %  500 of 2,000 rows  0:03 left")
                .contains("\r\u001b[K  ██████████░░░░░░░░░░   50 %  1,000 of 2,000 rows  0:02 left")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    @Test
    void onATerminal_isNotRedrawnMoreOftenThanItCanBeSeen() {
        try (ProgressBar bar = bar(true)) {
            now += ProgressBar.REDRAWN_EVERY_NANOS;
            for (int i = 0; i < 1000; i++) {
                bar.at(i);
            }
        }

        assertThat(written.toString()).containsOnlyOnce("%");
    }

    @Test
    void elsewhere_isALineNowAndThenWithoutControlCharacters() {
        try (ProgressBar bar = bar(false)) {
            for (int second = 0; second < 25; second++) {
                now += SECOND;
                bar.at(40L * (second + 1));
            }
        }

        assertThat(written.toString().lines())
                .containsExactly("   20 %  400 of 2,000 rows  0:40 left", "   40 %  800 of 2,000 rows  0:30 left");
        assertThat(written.toString()).doesNotContain("\u001b", "\r");
    }

    @Test
    void whatIsDoneSoon_showsNothing() {
        for (boolean terminal : new boolean[] {true, false}) {
            try (ProgressBar bar = bar(terminal)) {
                bar.at(1999);
            }
        }

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void afterItsEnd_saysNothing() {
        ProgressBar bar = bar(false);
        bar.close();
        now += 100 * SECOND;

        bar.at(1);

        assertThat(written.toString()).isEmpty();
    }
}
