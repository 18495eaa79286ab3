package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Features as the spec prepares them are what scikit-learn made of the same records for training. */
class PreparationGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final int RAW_FIELDS = 3;

    private static final Schema SCHEMA = SchemaBuilder.record("E")
            .fields()
            .requiredString("id")
            .requiredLong("at")
            .optionalDouble("amount")
            .optionalDouble("age")
            .optionalString("channel")
            .endRecord();

    private final EnsembleSpec spec = SpecParser.parse(FOLDER.resolve("preparation.yaml"));

    @Test
    void features_ofRecords_areTheTrainingLibrarys() throws Exception {
        List<String> lines = Files.readAllLines(FOLDER.resolve("preparation.csv"));
        List<String> header = List.of(lines.get(0).split(","));
        assertThat(header.subList(RAW_FIELDS, header.size()))
                .isEqualTo(spec.features().columns());
        EventMapper mapper = new EventMapper(spec);
        List<Integer> gaps = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            float[] row = mapper.map(record(cells), null).features();
            for (int i = 0; i < row.length; i++) {
                String name = header.get(RAW_FIELDS + i) + " of " + line;
                double golden = number(cells[RAW_FIELDS + i]);
                if (Double.isNaN(golden)) {
                    assertThat(row[i]).as(name).isNaN();
                    gaps.add(i);
                } else {
                    assertThat(row[i]).as(name).isCloseTo((float) golden, within(Math.ulp((float) golden)));
                }
            }
        }
        assertThat(lines).hasSize(61);
        assertThat(gaps).hasSizeGreaterThan(60);
    }

    private static GenericRecord record(String[] cells) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("id", "e");
        record.put("at", 0L);
        record.put("amount", cells[0].isEmpty() ? null : number(cells[0]));
        record.put("age", cells[1].isEmpty() ? null : number(cells[1]));
        record.put("channel", cells[2].isEmpty() ? null : cells[2]);
        return record;
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
}
