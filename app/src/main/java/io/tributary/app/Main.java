package io.tributary.app;

import io.tributary.app.command.Tributary;
import java.util.Arrays;

/** Where the JVM begins. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name and ends the JVM with its exit code. */
    public static void main(String[] args) {
        run(args);
    }

    /**
     * The same with commands beside those of this module.
     *
     * @param more picocli commands
     */
    public static void run(String[] args, Object... more) {
        // Before anything logs: the level is read once.
        if (Arrays.asList(args).contains("--verbose") && System.getProperty("tributary.log.level") == null) {
            System.setProperty("tributary.log.level", "INFO");
        }
        Tributary.prepare();
        System.exit(Tributary.run(args, more));
    }
}
