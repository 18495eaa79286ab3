package io.tributary.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Paths that Flink reads and writes. */
final class ClusterPaths {

    private ClusterPaths() {}

    /** The same for Flink, which knows nothing of the folder that this command runs in; URLs stay as they are. */
    static @Nullable String absolute(@Nullable String path) {
        return path == null || path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")
                ? path
                : Path.of(path).toAbsolutePath().toString();
    }
}
