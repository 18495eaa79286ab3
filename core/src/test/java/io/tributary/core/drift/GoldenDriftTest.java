package io.tributary.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detectors against what another implementation says with its default options. */
class GoldenDriftTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.002", "0.05", "1.0E-5"})
    void adwin_overTheLosses_isTheReferenceAtEveryRow(String delta) {
        double[] losses = Streams.golden(1);
        Adwin adwin = new Adwin(Double.parseDouble(delta));
        List<String[]> trace = Streams.table("adwin-trace.csv").stream()
                .filter(row -> row[1].equals(delta))
                .toList();
        List<Integer> changes = new ArrayList<>();
        int t = 0;
        for (String[] row : trace) {
            while (t < Integer.parseInt(row[0])) {
                if (adwin.observe(losses[t++]) != Change.NONE) {
                    changes.add(t);
                }
            }
            assertThat(adwin.width()).as("width at %d", t).isEqualTo(Long.parseLong(row[2]));
            assertThat(adwin.mean()).as("mean at %d", t).isCloseTo(Double.parseDouble(row[3]), within(1e-12));
            assertThat(adwin.variance()).as("variance at %d", t).isCloseTo(Double.parseDouble(row[4]), within(1e-12));
        }
        assertThat(t).isEqualTo(6000);
        assertThat(changes)
                .containsExactlyElementsOf(trace.stream()
                        .filter(row -> row[5].equals("true"))
                        .map(row -> Integer.valueOf(row[0]))
                        .toList());
    }

    @Test
    void adwin_increases_areTheReferences() {
        Adwin errors = new Adwin();
        assertThat(Streams.positions(errors, Streams.golden(0), Change.INCREASE))
                .containsExactly(2144, 2176, 2208, 2272, 4896, 4928, 4992, 5024, 5280, 5824);
        assertThat(errors.mean()).isCloseTo(0.48355263157894735, within(1e-12));

        Adwin losses = new Adwin();
        assertThat(Streams.positions(losses, Streams.golden(1), Change.INCREASE))
                .containsExactly(2592, 2624, 2656, 2816);
        assertThat(losses.mean()).isCloseTo(0.15439143416618809, within(1e-12));
    }

    @Test
    void adwin_decreases_followTheFallOfTheLosses() {
        assertThat(Streams.positions(new Adwin(), Streams.golden(1), Change.DECREASE))
                .containsExactly(5056, 5088, 5120, 5152, 5376);
    }

    @Test
    void pageHinkley_positions_areTheReferences() {
        PageHinkley errors = new PageHinkley();
        assertThat(Streams.positions(errors, Streams.golden(0), Change.INCREASE))
                .containsExactly(2218, 4996);
        assertThat(errors.mean()).isCloseTo(0.5129482071713146, within(1e-12));

        PageHinkley losses = new PageHinkley();
        assertThat(Streams.positions(losses, Streams.golden(1), Change.INCREASE))
                .containsExactly(2979);
        assertThat(losses.mean()).isCloseTo(0.2855818506734419, within(1e-12));
    }

    @Test
    void means_atAnAlarm_areThoseBeforeAndAfterTheChange() {
        double[] losses = Streams.golden(1);
        Adwin adwin = new Adwin();
        PageHinkley pageHinkley = new PageHinkley();
        for (int t = 0; t < 2979; t++) {
            Change change = adwin.observe(losses[t]);
            pageHinkley.observe(losses[t]);
            if (t + 1 == 2592) {
                assertThat(change).isEqualTo(Change.INCREASE);
                assertThat(adwin.meanBefore()).isCloseTo(0.198, within(0.002));
                assertThat(adwin.meanAfter()).isEqualTo(adwin.mean());
            }
        }
        assertThat(pageHinkley.meanBefore()).isCloseTo(0.198, within(0.002));
        assertThat(pageHinkley.meanAfter()).isCloseTo(0.345, within(0.03));
    }
}
