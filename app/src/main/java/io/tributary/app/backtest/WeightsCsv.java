package io.tributary.app.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tributary.app.UserError;
import io.tributary.app.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The weights that each row was fused with, as comma-separated values of 17 digits: the row's number from 1, then one
 * column a member, or where several learners ran, one a learner and member, named LEARNER.MEMBER. A member that did not
 * answer has 0.
 */
public final class WeightsCsv {

    private WeightsCsv() {}

    /**
     * Writes them.
     *
     * @throws UserError if the file cannot be written
     */
    public static void write(BacktestResult result, Path file) {
        List<Scorer> learners = result.learners();
        try (CsvWriter csv = CsvWriter.builder().build(CsvFiles.writer(file))) {
            csv.writeRecord(header(result, learners));
            for (int t = 0; t < result.recorded().recording().rows(); t++) {
                csv.writeRecord(row(learners, t));
            }
        } catch (IOException e) {
            throw new UserError("the weights cannot be written to " + file + ": " + e + "; correct --weights-out", e);
        }
    }

    private static List<String> header(BacktestResult result, List<Scorer> learners) {
        List<String> header = new ArrayList<>(List.of("t"));
        for (Scorer learner : learners) {
            for (String member : result.plan().members()) {
                header.add(learners.size() == 1 ? member : learner.name() + "." + member);
            }
        }
        return header;
    }

    private static List<String> row(List<Scorer> learners, int t) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(t + 1)));
        for (Scorer learner : learners) {
            Scorer.Run run = learner.run();
            for (double weight : run == null ? new double[0] : run.weights()[t]) {
                cells.add(String.format(Locale.ROOT, "%.17g", weight));
            }
        }
        return cells;
    }
}
