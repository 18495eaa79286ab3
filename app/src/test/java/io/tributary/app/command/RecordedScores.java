package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import picocli.CommandLine;

/** A small recording of three members, and the command run over it in this JVM. */
final class RecordedScores {

    static final int ROWS = 600;

    final Path folder;
    final Path file;
    private String output = "";

    RecordedScores(Path folder) throws IOException {
        this.folder = folder;
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>(List.of("t,good,coin,sleepy,fused_now,y,known"));
        for (int t = 0; t < ROWS; t++) {
            int y = random.nextDouble() < 0.3 ? 1 : 0;
            double good = y == 1 ? random.nextDouble(0.3, 0.95) : random.nextDouble(0.02, 0.5);
            String sleepy = t % 3 == 0 ? "" : String.format(Locale.ROOT, "%.4f", random.nextDouble(0.05, 0.6));
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.4f,%s,%.4f,%d,%d",
                    t,
                    good,
                    random.nextDouble(0.1, 0.9),
                    sleepy,
                    good * 0.9,
                    y,
                    t + 20));
        }
        this.file = Files.write(folder.resolve("scores.csv"), lines);
    }

    int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("backtest", "--scores", file.toString()));
        arguments.addAll(List.of("--members", "good,coin,sleepy", "--label", "y"));
        arguments.addAll(Arrays.asList(options));
        return execute(arguments.toArray(new String[0]));
    }

    int execute(String... arguments) {
        StringWriter written = new StringWriter();
        CommandLine command =
                Tributary.command().setOut(new PrintWriter(written)).setErr(new PrintWriter(written));
        int code = command.execute(arguments);
        output = written.toString();
        return code;
    }

    JsonNode json(String... options) throws IOException {
        Path file = folder.resolve("figures.json");
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(List.of("--json", file.toString()));
        assertThat(run(all.toArray(new String[0]))).as(output).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    static JsonNode of(JsonNode root, String name) {
        for (JsonNode each : root.get("results")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no result " + name);
    }

    /** Adds a row. */
    void append(String row) throws IOException {
        Files.writeString(file, Files.readString(file) + row + "\n");
    }

    /** What the last command printed. */
    String output() {
        return output;
    }
}
