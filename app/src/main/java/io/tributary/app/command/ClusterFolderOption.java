package io.tributary.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local cluster is meant. */
final class ClusterFolderOption {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The cluster's folder: configuration, logs, pid files, checkpoints and savepoints. Default: tributary-cluster "
                            + "in $XDG_STATE_HOME or ~/.local/state.")
    private @Nullable Path folder;

    /** An absolute path. */
    Path folder() {
        Path chosen = folder == null ? StateFolders.root().resolve("tributary-cluster") : folder;
        return chosen.toAbsolutePath().normalize();
    }
}
