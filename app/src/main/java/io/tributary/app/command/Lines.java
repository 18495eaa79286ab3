package io.tributary.app.command;

import io.tributary.app.report.Journal;
import io.tributary.app.report.ProgressBar;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command prints for people: each line is seen at once.
 *
 * @param terminal whether what is printed can be wiped again
 */
record Lines(PrintWriter out, boolean terminal) implements Journal {

    /** On standard output. */
    static Lines of(CommandSpec command) {
        return new Lines(command.commandLine().getOut(), Screen.isOut());
    }

    /** On standard error, for what is no result. */
    static Lines beside(CommandSpec command) {
        return new Lines(command.commandLine().getErr(), Screen.isErr());
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A block of lines with a blank one before and after. */
    void say(List<String> block) {
        say("");
        block.forEach(this::say);
        say("");
    }

    @Override
    public void done(String what) {
        say("  ✓ " + what);
    }

    @Override
    public Gauge begin(String what, long total) {
        return new ProgressBar(out, terminal, what, total, System::nanoTime);
    }

    /** Something that the user should know. */
    void note(String what) {
        say("  " + what);
    }
}
