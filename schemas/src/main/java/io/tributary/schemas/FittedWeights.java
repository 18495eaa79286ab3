package io.tributary.schemas;

import io.tributary.core.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * What was learned from history, as a file: an Avro container with the same records as the weights topic has, and what
 * the learner goes on from in its metadata. Any Avro tool reads the records.
 *
 * @param weights of all traffic, after those of the segments
 * @param state what a learner that is to go on learning takes up
 */
public record FittedWeights(List<Weights> weights, byte[] state) {

    private static final String STATE = "tributary.learner";

    /**
     * Writes the file, or replaces it.
     *
     * @throws IOException if that is not possible
     */
    public void write(Path file) throws IOException {
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setMeta(STATE, state);
            writer.create(Codecs.WEIGHTS.schema(), file.toFile());
            for (Weights each : weights) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
                Codecs.WEIGHTS.write(each, encoder);
                encoder.flush();
                writer.appendEncoded(ByteBuffer.wrap(bytes.toByteArray()));
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalStateException if there is no such file, or it cannot be read as one
     */
    public static FittedWeights read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("there is no file " + file + "; tributary fit makes it");
        }
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<>(null, Codecs.WEIGHTS.schema()))) {
            byte[] state = reader.getMeta(STATE);
            if (state == null) {
                throw new IllegalStateException(file + " is an Avro file without a learner; tributary fit makes one");
            }
            List<Weights> weights = new ArrayList<>();
            for (GenericRecord each : reader) {
                weights.add(Codecs.WEIGHTS.read(each));
            }
            return new FittedWeights(weights, state);
        } catch (AvroRuntimeException | IOException e) {
            throw new IllegalStateException(
                    file + " cannot be read as weights: " + e.getMessage() + "; tributary fit makes such a file", e);
        }
    }
}
