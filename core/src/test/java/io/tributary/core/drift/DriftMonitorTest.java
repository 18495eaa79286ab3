package io.tributary.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftMonitorTest {

    private final List<DriftAlarm> alarms = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 90_000, 1e50})
    void worseScorer_isFoundInAnyUnit(double unit) {
        DriftMonitor monitor = new DriftMonitor(List.of("steady", "worse", "fused"));
        Random random = new Random(3);
        for (int i = 0; i < 8000; i++) {
            double worse = i < 4000 ? 1 : 1.8;
            monitor.observe(0, unit * squared(random), alarms::add);
            monitor.observe(1, unit * worse * squared(random), alarms::add);
            monitor.observe(2, unit * squared(random), alarms::add);
        }
        assertThat(alarms).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.scorer()).isEqualTo(1);
            assertThat(alarm.change()).isEqualTo(Change.INCREASE);
            assertThat(alarm.meanAfter()).isGreaterThan(alarm.meanBefore());
        });
        assertThat(alarms).extracting(DriftAlarm::detector).contains(Adwin.NAME, PageHinkley.NAME);
        assertThat(alarms.get(0).meanBefore() / unit).isCloseTo(1, within(0.1));
        assertThat(alarms.get(alarms.size() - 1).meanAfter() / unit).isCloseTo(1.8, within(0.4));
    }

    @Test
    void betterScorer_isADecrease() {
        DriftMonitor monitor = new DriftMonitor(List.of("only"));
        Random random = new Random(3);
        for (int i = 0; i < 8000; i++) {
            monitor.observe(0, (i < 4000 ? 1 : 0.4) * squared(random), alarms::add);
        }
        assertThat(alarms).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.change()).isEqualTo(Change.DECREASE);
            assertThat(alarm.detector()).isEqualTo(Adwin.NAME);
            assertThat(alarm.meanAfter()).isLessThan(alarm.meanBefore());
        });
    }

    @Test
    void steadyLosses_ofAllKinds_giveNoAlarm() {
        Random random = new Random(11);
        List<DoubleSupplier> kinds = List.of(
                () -> squared(random),
                () -> Math.abs(random.nextGaussian()),
                () -> random.nextInt(5) == 0 ? 1 : 0,
                // Log losses of a well calibrated scorer, and of one for a rare class.
                () -> -Math.log(Math.sqrt(random.nextDouble())),
                () -> random.nextInt(120) == 0 ? 1.2 + Math.abs(random.nextGaussian()) : 0.004 * random.nextDouble(),
                // Far from 0 and hardly varying, then heavy tails.
                () -> 1e6 + random.nextGaussian(),
                () -> squared(random) / (1 - random.nextDouble()));
        List<String> names = new ArrayList<>();
        kinds.forEach(kind -> names.add("kind " + names.size()));
        DriftMonitor monitor = new DriftMonitor(names);
        for (int i = 0; i < 30_000; i++) {
            for (int k = 0; k < kinds.size(); k++) {
                monitor.observe(k, kinds.get(k).getAsDouble(), alarms::add);
            }
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void rareClass_lossesThatDouble_areFound() {
        DriftMonitor monitor = new DriftMonitor(List.of("only"));
        Random random = new Random(2);
        for (int i = 0; i < 40_000; i++) {
            double positive = 1.2 + Math.abs(random.nextGaussian());
            monitor.observe(0, random.nextInt(i < 20_000 ? 120 : 60) == 0 ? positive : 0.003, alarms::add);
        }
        assertThat(alarms).isNotEmpty();
        assertThat(alarms).extracting(DriftAlarm::change).containsOnly(Change.INCREASE);
    }

    @Test
    void lossesOnAnotherLevel_getAnotherScale() {
        DriftMonitor monitor = new DriftMonitor(List.of("only"));
        Random random = new Random(5);
        for (int i = 0; i < 12_000; i++) {
            double level = i < 4000 ? 1 : i < 8000 ? 1e4 : 3e4;
            monitor.observe(0, level * squared(random), alarms::add);
            if (i == 7999) {
                assertThat(alarms).isNotEmpty();
                alarms.clear();
            }
        }
        // On the first scale both levels would be above the cap.
        assertThat(alarms).isNotEmpty();
        assertThat(alarms.get(0).meanBefore()).isCloseTo(1e4, within(2e3));
    }

    @Test
    void constantLosses_neverAlarm() {
        DriftMonitor monitor = new DriftMonitor(List.of("zero", "some", "many"));
        for (int i = 0; i < 10_000; i++) {
            monitor.observe(0, 0, alarms::add);
            monitor.observe(1, 0.1, alarms::add);
            monitor.observe(2, 1e300, alarms::add);
        }
        assertThat(alarms).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void missingLoss_changesNothing(double missing) {
        DriftMonitor monitor = new DriftMonitor(List.of("only"));
        Random random = new Random(5);
        for (int i = 0; i < 1500; i++) {
            monitor.observe(0, squared(random), alarms::add);
            byte[] before = monitor.snapshot();
            monitor.observe(0, missing, alarms::add);
            assertThat(monitor.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void restoredAnywhere_goesOnToTheLastBit() {
        List<String> names = List.of("jumping", "extreme");
        double[] jumping = Streams.jumping(8, 9000);
        double[] extreme = Streams.extreme(8, 9000);
        DriftMonitor original = new DriftMonitor(names);
        DriftMonitor copy = new DriftMonitor(names);
        List<DriftAlarm> again = new ArrayList<>();
        Random places = new Random(8);
        for (int i = 0; i < jumping.length; i++) {
            if (places.nextInt(100) == 0) {
                byte[] snapshot = original.snapshot();
                assertThat(snapshot).hasSizeLessThanOrEqualTo(original.maxBytes());
                copy = new DriftMonitor(names);
                copy.observe(0, 7, again::add);
                copy.restore(snapshot);
            }
            original.observe(0, jumping[i], alarms::add);
            original.observe(1, extreme[i], alarms::add);
            copy.observe(0, jumping[i], again::add);
            copy.observe(1, extreme[i], again::add);
            if (i % 20 == 0) {
                assertThat(copy.snapshot()).isEqualTo(original.snapshot());
            }
        }
        assertThat(alarms).isNotEmpty().isEqualTo(again);
        assertThat(alarms).noneMatch(alarm -> Double.isNaN(alarm.meanBefore()) || Double.isNaN(alarm.meanAfter()));
    }

    @Test
    void restore_ofOtherScorers_keepsWhatIsKnownOfThoseThatStayed() {
        DriftMonitor before = new DriftMonitor(List.of("gone", "rules"));
        DriftMonitor alone = new DriftMonitor(List.of("rules"));
        DriftMonitor after = new DriftMonitor(List.of("rules", "new"));
        for (double value : Streams.jumping(1, 3000)) {
            before.observe(0, -value, alarm -> {});
            before.observe(1, value, alarm -> {});
            alone.observe(0, value, alarm -> {});
        }
        after.restore(before.snapshot());
        List<DriftAlarm> alarms = new ArrayList<>();
        List<DriftAlarm> expected = new ArrayList<>();
        for (double value : Streams.jumping(2, 6000)) {
            after.observe(0, value, alarms::add);
            alone.observe(0, value, expected::add);
        }

        assertThat(alarms).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void restore_ofAnotherFormat_saysWhich() {
        DriftMonitor monitor = new DriftMonitor(List.of("only"));
        byte[] snapshot = monitor.snapshot();
        ByteBuffer.wrap(snapshot).putInt(9);
        assertThatThrownBy(() -> monitor.restore(snapshot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the stored drift state has format 9, and format 1 can be read;");
    }

    @Test
    void restore_ofPartOfASnapshot_isRefusedAndChangesNothing() {
        DriftMonitor monitor = new DriftMonitor(List.of("only", "löss"));
        for (double value : Streams.jumping(1, 3000)) {
            monitor.observe(1, value, alarms::add);
        }
        byte[] snapshot = monitor.snapshot();
        for (int length = 0; length < snapshot.length; length++) {
            byte[] part = Arrays.copyOf(snapshot, length);
            assertThatThrownBy(() -> monitor.restore(part)).isInstanceOf(IllegalStateException.class);
        }
        byte[] more = Arrays.copyOf(snapshot, snapshot.length + 3);
        assertThatThrownBy(() -> monitor.restore(more))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 bytes more than it should have");
        assertThat(monitor.snapshot()).isEqualTo(snapshot);
    }

    private static double squared(Random random) {
        double difference = random.nextGaussian();
        return difference * difference;
    }
}
