package io.tributary.test;

import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.RecordedEvents;
import io.tributary.app.play.RowEncoder;
import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EventMapper;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/** The golden card payments. */
final class Payments {

    private Payments() {}

    static Path file() {
        try {
            return Path.of(Objects.requireNonNull(Payments.class.getResource("/golden/payments.csv"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encoded for the features topic. */
    static List<PlayedEvent> played(EnsembleSpec spec, SchemaRegistry registry) throws IOException {
        return played(spec, registry, file());
    }

    /** Payments of a file, encoded for the features topic. */
    static List<PlayedEvent> played(EnsembleSpec spec, SchemaRegistry registry, Path file) throws IOException {
        Schema schema = schema(spec);
        int id = registry.register(spec.events().topic() + "-value", schema);
        return RecordedEvents.read(
                        List.of(file), columns -> new RowEncoder(spec, schema, id, columns.columns(), columns.file()))
                .events();
    }

    static Schema schema(EnsembleSpec spec) throws IOException {
        return new Schema.Parser().parse(Files.readString(spec.events().schema()));
    }

    /** As the scoring plane sees them once decoded. */
    static List<Event> events(EnsembleSpec spec, SchemaRegistry registry, List<PlayedEvent> played)
            throws UndecodableException {
        RecordReader reader = new RecordReader(registry, null);
        List<Event> events = new ArrayList<>();
        try (EventMapper mapper = new EventMapper(spec)) {
            for (PlayedEvent each : played) {
                events.add(mapper.map(reader.read(each.record()), null));
            }
        }
        return events;
    }
}
