package io.tributary.app.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tributary.app.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** {@link RoadTraffic} for {@code examples/traffic}. */
final class RoadTrafficScenario implements Scenario {

    private static final String LABEL = "vehicles";

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public String events() {
        return "traffic forecasts";
    }

    @Override
    public String story() {
        return "each is checked half an hour later, incidents and sensor outages come and go, roads change halfway";
    }

    @Override
    public String change() {
        return "roads changed";
    }

    @Override
    public Duration labelDelay() {
        return Duration.ofMillis(RoadTraffic.AHEAD * RoadTraffic.STEP_MILLIS);
    }

    @Override
    public Stream stream(long seed, int events, OptionalDouble driftAt) {
        RoadTraffic.Config config = new RoadTraffic.Config(seed, events, driftAt);
        return new Stream() {
            @Override
            public Iterator<Simulated> events() {
                return new RoadTraffic(config);
            }

            @Override
            public long changeMillis() {
                return config.changeMillis();
            }

            @Override
            public long writeCsv(Path file, LongConsumer written) throws IOException {
                return write(new RoadTraffic(config), file, written);
            }
        };
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("forecast_id", "time", "road"));
        for (int i = 0; i < RoadTraffic.READINGS; i++) {
            columns.add("reading_" + i);
        }
        columns.addAll(List.of("last_week", "yesterday", "hour", "weekday"));
        return columns;
    }

    private static long write(Iterator<Simulated> events, Path file, LongConsumer written) throws IOException {
        List<String> columns = columns();
        List<String> header = new ArrayList<>(columns);
        header.add(LABEL);
        try (CsvWriter csv = CsvWriter.builder().build(CsvFiles.writer(file))) {
            csv.writeRecord(header);
            long count = 0;
            for (; events.hasNext(); written.accept(++count)) {
                Simulated event = events.next();
                List<String> row = new ArrayList<>();
                columns.forEach(column -> row.add(cell(event.fields().get(column))));
                row.add(Double.isNaN(event.label()) ? "" : cell(event.label()));
                csv.writeRecord(row);
            }
            return count;
        }
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return number == Math.rint(number)
                    ? Long.toString(number.longValue())
                    : Double.toString(Math.round(number * 1e6) / 1e6);
        }
        return value.toString();
    }
}
