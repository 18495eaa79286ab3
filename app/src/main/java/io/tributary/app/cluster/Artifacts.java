package io.tributary.app.cluster;

import io.tributary.app.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the build makes for clusters.
 *
 * @param home the folder that the product lies in
 */
public record Artifacts(Path home) {

    /**
     * The job's jar, without a spec in it.
     *
     * @throws UserError if it is not built
     */
    public Path jobJar() {
        return built(home.resolve("job/target/tributary-job.jar"));
    }

    /**
     * The jar for Flink's lib folder: the ensemble, the members and their engines.
     *
     * @throws UserError if it is not built
     */
    public Path runtimeJar() {
        return built(home.resolve("runtime/target/" + FlinkCluster.RUNTIME_JAR));
    }

    /**
     * Flink itself and the runtime jar, as the processes of a local cluster have it on their class path.
     *
     * @throws UserError if it is not built
     */
    public List<Path> classPath() {
        Path list = built(home.resolve("runtime/target/flink-classpath.txt"));
        List<Path> jars = new ArrayList<>(List.of(runtimeJar()));
        try {
            for (String jar : Files.readString(list).strip().split(":")) {
                jars.add(built(Path.of(jar)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + list, e);
        }
        return jars;
    }

    private static Path built(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("there is no " + file + "; build it with: mvn -DskipTests package");
        }
        return file;
    }
}
