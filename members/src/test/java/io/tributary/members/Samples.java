package io.tributary.members;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The test models, the rows that their training libraries scored, and short ways to score rows here. */
final class Samples {

    static final List<String> COLUMNS = List.of("amount", "age", "count");

    private Samples() {}

    /** Rows and the scores that a training library gave them. */
    record Golden(float[][] rows, double[] scores) {}

    static Path file(String name) {
        return Path.of("src/test/resources/models", name).toAbsolutePath();
    }

    static MemberSpec spec(String kind, Path model, List<String> columns) {
        return new MemberSpec(
                "tested",
                kind,
                model,
                null,
                columns,
                MemberSpec.Input.ROWS,
                List.of(),
                MemberSpec.Score.of(0),
                MemberSpec.Standing.PLAIN,
                1,
                7);
    }

    static Golden golden(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        float[][] rows = new float[lines.size() - 1][];
        double[] scores = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double[] cells = numbers(lines.get(i + 1));
            rows[i] = new float[cells.length - 1];
            for (int column = 0; column < rows[i].length; column++) {
                rows[i][column] = (float) cells[column];
            }
            scores[i] = cells[cells.length - 1];
        }
        return new Golden(rows, scores);
    }

    static double[] numbers(String line) {
        return Arrays.stream(line.split(",", -1))
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }

    static FeatureBatch batch(int capacity, float[]... rows) {
        FeatureBatch batch = new FeatureBatch(capacity, rows[0].length);
        for (float[] row : rows) {
            batch.add(row);
        }
        return batch;
    }

    static double[] score(Member member, float[]... rows) throws Exception {
        double[] scores = new double[rows.length];
        member.score(batch(rows.length, rows), scores);
        return scores;
    }
}
