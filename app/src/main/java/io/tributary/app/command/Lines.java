package io.tributary.app.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a command prints when it needs no {@link Session}: each line is seen at once. */
record Lines(PrintWriter out) {

    static Lines of(CommandSpec command) {
        return new Lines(command.commandLine().getOut());
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

    /** Something is done. */
    void done(String what) {
        say("  ✓ " + what);
    }

    /** Something that the user should know. */
    void note(String what) {
        say("  " + what);
    }
}
