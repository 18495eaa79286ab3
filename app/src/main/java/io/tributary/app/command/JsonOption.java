package io.tributary.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code --json}: a command's result for programs. Alone it prints the result as JSON to standard output, where nothing
 * else is printed then; what is done meanwhile is told on standard error. With a file, the result is written there, and
 * people are told everything as without it.
 */
public final class JsonOption {

    private static final Path STANDARD_OUTPUT = Path.of("-");
    private static final int PEEK = 64;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--json",
            arity = "0..1",
            fallbackValue = "-",
            paramLabel = "FILE",
            description = "Give the result to programs: as JSON in FILE, or without FILE on standard output, where"
                    + " nothing else is printed then. Put it last, or write --json=FILE.")
    private @Nullable Path file;

    /**
     * Refuses a file that cannot be written, before anything is started.
     *
     * @throws UserError if there is no folder for it, or it would replace something that is no JSON
     */
    public void check() {
        if (file == null || isPrinted()) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError("there is no folder for " + file + "; make it, or name another file for --json");
        }
        if (Files.isRegularFile(file) && !holdsJson(file)) {
            throw new UsageError("--json would replace " + file
                    + ", which holds no JSON; put --json last, or name a file" + " with --json=FILE");
        }
    }

    private static boolean holdsJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(PEEK), StandardCharsets.UTF_8).strip();
            return begin.isEmpty() || begin.startsWith("{") || begin.startsWith("[");
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ", which --json names: " + e, e);
        }
    }

    private boolean isPrinted() {
        return STANDARD_OUTPUT.equals(file);
    }

    /** Where what is for people goes. */
    public PrintWriter text() {
        return lines().out();
    }

    /** Where a command says what it does. */
    Lines lines() {
        return isPrinted() ? Lines.beside(command) : Lines.of(command);
    }

    /**
     * Shows the result to people, unless it is printed for programs, and to programs that ask for it.
     *
     * @throws UserError if the file cannot be written
     */
    public void show(Supplier<? extends JsonNode> forPrograms, Runnable forPeople) {
        if (isPrinted()) {
            PrintWriter out = command.commandLine().getOut();
            out.println(Json.text(forPrograms.get()));
            out.flush();
            return;
        }
        forPeople.run();
        keep(forPrograms);
        if (file != null) {
            lines().say("written: " + file);
        }
    }

    /**
     * Writes what there is of the result so far, if it goes to a file: a run that is ended early leaves that.
     *
     * @throws UserError if the file cannot be written
     */
    public void keep(Supplier<? extends JsonNode> soFar) {
        if (file != null && !isPrinted()) {
            write(file, Json.text(soFar.get()));
        }
    }

    private static void write(Path into, String json) {
        try {
            Files.writeString(into, json + System.lineSeparator(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserError("the result cannot be written to " + into + ": " + e + "; correct --json", e);
        }
    }
}
