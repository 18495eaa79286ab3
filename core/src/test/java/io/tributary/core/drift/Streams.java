package io.tributary.core.drift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/** Values to try detectors with. */
final class Streams {

    /** The detectors with their usual parameters, and such as alarm often. */
    static final List<Supplier<DriftDetector>> DETECTORS = List.of(
            Adwin::new,
            () -> new Adwin(0.3),
            () -> new Adwin(0.1, 5),
            PageHinkley::new,
            () -> new PageHinkley(5, 0, 2, 1));

    private Streams() {}

    /** The rows of a table that comes with the tests, after comments and headings. */
    static List<String[]> table(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Streams.class.getResourceAsStream(name)), StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A column of stream.csv: 0 for error bits, 1 for losses. */
    static double[] golden(int column) {
        return table("stream.csv").stream()
                .mapToDouble(row -> Double.parseDouble(row[column]))
                .toArray();
    }

    /** Noise about a level that now and then jumps. */
    static double[] jumping(long seed, int length) {
        Random random = new Random(seed);
        double[] values = new double[length];
        double level = 0;
        for (int i = 0; i < length; i++) {
            level = random.nextInt(700) == 0 ? 3 * random.nextDouble() : level;
            values[i] = level + 0.4 * random.nextGaussian();
        }
        return values;
    }

    /** Values of all magnitudes and signs, and the ones at which arithmetic breaks. */
    static double[] extreme(long seed, int length) {
        double[] edges = {
            0,
            -0.0,
            1,
            -1,
            1e-300,
            -1e-300,
            1e300,
            -1e300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN
        };
        Random random = new Random(seed);
        double[] values = new double[length];
        int run = 0;
        for (int i = 0; i < length; i++) {
            run = run == 0 ? 1 + random.nextInt(200) : run - 1;
            boolean edge = run % 3 == 0;
            values[i] = edge
                    ? edges[random.nextInt(edges.length)]
                    : random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
        }
        return values;
    }

    /** All that a detector keeps, to the last bit. */
    static byte[] state(DriftDetector detector) {
        ByteBuffer bytes = ByteBuffer.allocate(detector.maxBytes());
        detector.write(bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** The 1-based positions at which a detector reports the change. */
    static List<Integer> positions(DriftDetector detector, double[] values, Change change) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (detector.observe(values[i]) == change) {
                positions.add(i + 1);
            }
        }
        return positions;
    }
}
