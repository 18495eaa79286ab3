package io.tributary.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every detector, whatever its parameters. */
class DriftDetectorTest {

    static final List<Supplier<DriftDetector>> DETECTORS = Streams.DETECTORS;

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void new_knowsNothing(Supplier<DriftDetector> detectors) {
        DriftDetector detector = detectors.get();
        assertThat(detector.width()).isZero();
        assertThat(detector.mean()).isNaN();
        assertThat(detector.meanBefore()).isNaN();
        assertThat(detector.meanAfter()).isNaN();
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void restoredAnywhere_goesOnToTheLastBit(Supplier<DriftDetector> detectors) {
        for (long seed = 0; seed < 6; seed++) {
            double[] values = seed % 2 == 0 ? Streams.jumping(seed, 5000) : Streams.extreme(seed, 5000);
            Random places = new Random(seed);
            DriftDetector original = detectors.get();
            DriftDetector copy = detectors.get();
            for (double value : values) {
                if (places.nextInt(50) == 0) {
                    ByteBuffer bytes = ByteBuffer.wrap(Streams.state(original));
                    copy = detectors.get();
                    // What it knew before must not show through.
                    copy.observe(7);
                    copy.read(bytes);
                    assertThat(bytes.hasRemaining()).isFalse();
                }
                assertThat(copy.observe(value)).isEqualTo(original.observe(value));
                assertThat(Streams.state(copy)).isEqualTo(Streams.state(original));
                assertThat(copy.width()).isEqualTo(original.width());
            }
        }
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void nan_changesNothing(Supplier<DriftDetector> detectors) {
        DriftDetector detector = detectors.get();
        for (double value : Streams.jumping(1, 2000)) {
            detector.observe(value);
            byte[] before = Streams.state(detector);
            assertThat(detector.observe(Double.NaN)).isEqualTo(Change.NONE);
            assertThat(Streams.state(detector)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void constantStream_neverAlarms(Supplier<DriftDetector> detectors) {
        for (double constant : new double[] {0, -0.0, 1, 0.1, 1 / 3.0, -7.3, 1e-300, 1e9 / 7, 1e300, -1e300}) {
            DriftDetector detector = detectors.get();
            for (int i = 0; i < 20_000; i++) {
                assertThat(detector.observe(constant)).isEqualTo(Change.NONE);
            }
            assertThat(detector.meanBefore()).isNaN();
        }
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void extremeValues_neverMakeAStateNaN(Supplier<DriftDetector> detectors) {
        for (long seed = 0; seed < 5; seed++) {
            DriftDetector detector = detectors.get();
            boolean alarmed = false;
            for (double value : Streams.extreme(seed, 10_000)) {
                Change change = detector.observe(value);
                alarmed |= change != Change.NONE;
                assertThat(detector.width()).isNotNegative();
                if (detector.width() > 0) {
                    assertThat(detector.mean()).isFinite().isBetween(-1.01e100, 1.01e100);
                }
                if (detector instanceof Adwin adwin && adwin.width() > 0) {
                    assertThat(adwin.variance()).isFinite().isNotNegative();
                }
                if (alarmed) {
                    assertThat(detector.meanBefore()).isFinite();
                    assertThat(detector.meanAfter()).isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void changes_haveTheDirectionOfTheMeans(Supplier<DriftDetector> detectors) {
        int alarms = 0;
        for (long seed = 0; seed < 10; seed++) {
            DriftDetector detector = detectors.get();
            for (double value : Streams.jumping(seed, 5000)) {
                Change change = detector.observe(value);
                if (change != Change.NONE) {
                    alarms++;
                    assertThat(Double.compare(detector.meanAfter(), detector.meanBefore()))
                            .isEqualTo(change == Change.INCREASE ? 1 : -1);
                }
            }
        }
        assertThat(alarms).isGreaterThan(0);
    }

    @ParameterizedTest
    @FieldSource("DETECTORS")
    void clear_isAsNew(Supplier<DriftDetector> detectors) {
        DriftDetector detector = detectors.get();
        for (double value : Streams.jumping(3, 3000)) {
            detector.observe(value);
        }
        detector.clear();
        assertThat(Streams.state(detector)).isEqualTo(Streams.state(detectors.get()));
    }

    @Test
    void adwin_fullWindow_forgetsTheOldestWithoutAlarm() {
        Adwin adwin = new Adwin(0.002, 6);
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            assertThat(adwin.observe(random.nextDouble())).isEqualTo(Change.NONE);
            assertThat(adwin.width()).isLessThanOrEqualTo(5 * 63);
        }
        assertThat(adwin.width()).isGreaterThan(4 * 32);
    }

    @Test
    void adwin_longStream_keepsItsSize() {
        Adwin adwin = new Adwin();
        for (int i = 0; i < 2_000_000; i++) {
            adwin.observe((i * 0x9E3779B97F4A7C15L >>> 11) * 0x1p-53);
        }
        assertThat(adwin.width()).isEqualTo(2_000_000);
        assertThat(Streams.state(adwin)).hasSizeLessThanOrEqualTo(adwin.maxBytes());
        assertThat(adwin.maxBytes()).isLessThan(2700);
    }

    @Test
    void adwin_windowAfterAnOutlier_isAsExactAsWithout() {
        Adwin adwin = new Adwin(0.1, 6);
        adwin.observe(1e100);
        for (int i = 0; i < 32 * 40; i++) {
            adwin.observe(0.25);
        }
        assertThat(adwin.mean()).isEqualTo(0.25);
        assertThat(adwin.variance()).isZero();
    }

    @Test
    void adwin_damagedState_isRefused() {
        Adwin adwin = new Adwin();
        byte[] state = Streams.state(adwin);
        state[20] = 77;
        assertThatThrownBy(() -> adwin.read(ByteBuffer.wrap(state)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the stored window says 77 where at most 32 can be");
    }

    @Test
    void pageHinkley_fallingMean_neverAlarms() {
        PageHinkley test = new PageHinkley();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double mean = i < 3000 ? 0.5 : 0.1;
            assertThat(test.observe(random.nextDouble() < mean ? 1 : 0)).isEqualTo(Change.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void adwin_deltaOutOfRange_isRefused(double delta) {
        assertThatThrownBy(() -> new Adwin(delta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delta is " + delta + ", must be in (0, 1)");
    }

    @Test
    void pageHinkley_parametersOutOfRange_areRefused() {
        assertThatThrownBy(() -> new PageHinkley(30, 0.005, Double.NaN, 0.9999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("least is 30, delta 0.005, lambda NaN and alpha 0.9999;"
                        + " must be at least 1, at least 0, above 0 and in (0, 1]");
    }
}
