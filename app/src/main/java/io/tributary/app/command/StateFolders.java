package io.tributary.app.command;

import java.nio.file.Path;

/** Where what outlasts a run is kept unless told otherwise. */
final class StateFolders {

    private StateFolders() {}

    /** The user's folder for state: {@code $XDG_STATE_HOME}, or {@code ~/.local/state}. */
    static Path root() {
        String base = System.getenv("XDG_STATE_HOME");
        return base == null || base.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(base);
    }
}
