package io.tributary.benchmarks.micro;

import io.tributary.core.Event;
import io.tributary.core.prepare.Preparation;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.EventDecoder;
import io.tributary.schemas.EventMapper;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.UndecodableException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a record's bytes to the columns that members read: straight, and by way of a GenericRecord. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class DecodeBenchmark {

    /** How many features a record has. */
    @Param({"30", "784"})
    public int features;

    /** How each is written, {@code nullable} for a union of null and double. */
    @Param({"float", "double", "nullable"})
    public String type;

    private byte[] bytes;
    private RecordReader reader;
    private EventMapper mapper;
    private EventDecoder decoder;
    private Preparation preparation;
    private double[] values;

    /** Makes a record and all that reads it. */
    @Setup
    public void setUp() {
        EnsembleSpec spec = SpecParser.parse(
                """
                ensemble: b
                events: {topic: t, id: id, time: at}
                features: [%s]
                members: {m: {onnx: m.onnx}}
                """.formatted(
                        IntStream.range(0, features).mapToObj(i -> "f" + i).collect(Collectors.joining(", "))),
                Path.of("benchmark.yaml"));
        GenericRecord record = record(schema());
        bytes = new RecordWriter(record.getSchema(), 1).write(record);
        reader = RecordReader.of(record.getSchema());
        mapper = new EventMapper(spec);
        decoder = EventDecoder.of(record.getSchema(), spec);
        preparation = Preparation.open(spec.features(), TextEncoderLoader.discover());
        values = new SplittableRandom(1).doubles(features).toArray();
    }

    private Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("E").fields().requiredString("id").requiredLong("at");
        for (int i = 0; i < features; i++) {
            switch (type) {
                case "float" -> fields.requiredFloat("f" + i);
                case "double" -> fields.requiredDouble("f" + i);
                default -> fields.optionalDouble("f" + i);
            }
        }
        return fields.endRecord();
    }

    private GenericRecord record(Schema schema) {
        SplittableRandom random = new SplittableRandom(1);
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", "0123456789abcdef0123456789abcdef0123");
        record.put("at", 1_700_000_000_000L);
        for (int i = 0; i < features; i++) {
            double value = random.nextDouble();
            record.put("f" + i, type.equals("float") ? (Object) (float) value : (Object) value);
        }
        return record;
    }

    /** From the bytes. */
    @Benchmark
    public Event straight() throws UndecodableException {
        return decoder.decode(bytes, null, 0, 0);
    }

    /** From a record of Avro's. */
    @Benchmark
    public Event throughRecord() throws UndecodableException {
        return mapper.map(reader.read(bytes), null, 0, 0);
    }

    /** The part of it that fills columns from numbers. */
    @Benchmark
    public float[] prepare() {
        float[] row = preparation.row();
        for (int i = 0; i < values.length; i++) {
            preparation.fill(i, values[i], row);
        }
        return row;
    }
}
