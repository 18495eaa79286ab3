package io.tributary.core.learn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where other implementations' output is, for those who have it: {@code golden} in a folder named by the system property
 * {@code tributary.shared} or the environment's {@code TRIBUTARY_SHARED}, else in {@code shared} beside the repository.
 */
final class Shared {

    private Shared() {}

    /** The folder with the output; the test that asks for it is skipped where it is not at hand. */
    static Path golden() {
        String named = System.getProperty("tributary.shared", System.getenv("TRIBUTARY_SHARED"));
        Path shared = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("tributary.home", ""))
                        .toAbsolutePath()
                        .resolveSibling("shared");
        Path golden = shared.resolve("golden");
        assumeTrue(
                Files.isDirectory(golden),
                () -> "there is no " + golden + "; name the folder that holds golden/ with -Dtributary.shared"
                        + " or TRIBUTARY_SHARED to compare with the whole reference");
        return golden;
    }
}
