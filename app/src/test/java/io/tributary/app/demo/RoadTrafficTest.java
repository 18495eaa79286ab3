package io.tributary.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.demo.Scenario.Simulated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadTrafficTest {

    private static final long DAY_MILLIS = 288 * RoadTraffic.STEP_MILLIS;

    private static List<Simulated> events(long seed, int count, OptionalDouble driftAt) {
        List<Simulated> events = new ArrayList<>();
        Iterator<Simulated> each = new RoadTraffic(new RoadTraffic.Config(seed, count, driftAt));
        each.forEachRemaining(events::add);
        return events;
    }

    @Test
    void events_ofTheSameSeed_areTheSame() {
        assertThat(events(3, 600, OptionalDouble.of(0.5))).isEqualTo(events(3, 600, OptionalDouble.of(0.5)));
        assertThat(events(3, 600, OptionalDouble.of(0.5))).isNotEqualTo(events(4, 600, OptionalDouble.of(0.5)));
    }

    @Test
    void events_comeInTheOrderOfTime_oneARoadEveryFiveMinutes() {
        List<Simulated> events = events(1, 601, OptionalDouble.empty());

        assertThat(events).hasSize(601).extracting(Simulated::id).doesNotHaveDuplicates();
        for (int i = 6; i < events.size(); i++) {
            assertThat(events.get(i).timeMillis() - events.get(i - 6).timeMillis())
                    .isEqualTo(RoadTraffic.STEP_MILLIS);
            assertThat(events.get(i).fields().get("road"))
                    .isEqualTo(events.get(i - 6).fields().get("road"));
        }
    }

    /** What an event is to forecast is the reading that later events carry. */
    @Test
    void label_isWhatLaterEventsHaveSeen() {
        List<Simulated> events = events(2, 6 * 2100, OptionalDouble.empty());
        Map<String, Object> newest = new HashMap<>();
        events.forEach(
                event -> newest.put(event.fields().get("road") + "@" + event.timeMillis(), value(event, "reading_0")));

        int compared = 0;
        for (Simulated event : events) {
            String road = event.fields().get("road") + "@";
            long target = event.timeMillis() + RoadTraffic.AHEAD * RoadTraffic.STEP_MILLIS;
            Object seen = newest.get(road + target);
            if (seen != null) {
                compared++;
                assertThat(seen).isEqualTo(Double.isNaN(event.label()) ? "out" : (Object) event.label());
            }
            Object yesterday = newest.get(road + (target - DAY_MILLIS));
            if (yesterday != null) {
                assertThat(value(event, "yesterday")).isEqualTo(yesterday);
            }
            Object week = newest.get(road + (target - 7 * DAY_MILLIS));
            if (week != null) {
                assertThat(value(event, "last_week")).isEqualTo(week);
            }
        }
        assertThat(compared).isGreaterThan(12_000);
    }

    private static Object value(Simulated event, String field) {
        Object value = event.fields().get(field);
        return value == null ? "out" : value;
    }

    @Test
    void sensors_areOutNowAndThen() {
        List<Simulated> events = events(1, 30_000, OptionalDouble.empty());

        long out = events.stream()
                .filter(event -> event.fields().get("reading_0") == null)
                .count();
        long unlabelled =
                events.stream().filter(event -> Double.isNaN(event.label())).count();

        assertThat(out).isBetween(600L, 3000L);
        assertThat(unlabelled).isBetween(600L, 3000L);
    }

    @Test
    void change_takesTrafficFromTheRoadThatIsDugUp() {
        RoadTraffic.Config config = new RoadTraffic.Config(1, 6 * 288 * 28, OptionalDouble.of(0.5));
        double[] sums = new double[2];
        int[] counts = new int[2];
        new RoadTraffic(config).forEachRemaining(event -> {
            if ("road-a".equals(event.fields().get("road")) && !Double.isNaN(event.label())) {
                int part = event.timeMillis() < config.changeMillis() ? 0 : 1;
                sums[part] += event.label();
                counts[part]++;
            }
        });

        assertThat(sums[1] / counts[1]).isBetween(0.5 * sums[0] / counts[0], 0.75 * sums[0] / counts[0]);
    }

    @Test
    void config_outOfRange_isRefusedWithTheRule() {
        assertThatThrownBy(() -> new RoadTraffic.Config(1, -1, OptionalDouble.empty()))
                .hasMessage("road traffic: events is -1, must be at least 0");
        assertThatThrownBy(() -> new RoadTraffic.Config(1, 1, OptionalDouble.of(1.5)))
                .hasMessage("road traffic: driftAt is 1.5, must be in [0, 1]");
    }

    @Test
    void csv_hasOneRowAnEventAndNothingWhereNothingIsKnown(@TempDir Path folder) throws IOException {
        Scenario.Stream stream = new RoadTrafficScenario().stream(1, 3000, OptionalDouble.empty());
        Path file = folder.resolve("traffic.csv");

        assertThat(stream.writeCsv(file, written -> {})).isEqualTo(3000);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3001);
        assertThat(lines.get(0)).startsWith("forecast_id,time,road,reading_0,").endsWith(",weekday,vehicles");
        assertThat(lines).anyMatch(line -> line.endsWith(",")).anyMatch(line -> line.contains(",,"));
        assertThat(lines).noneMatch(line -> line.contains("null") || line.contains("NaN"));
    }
}
