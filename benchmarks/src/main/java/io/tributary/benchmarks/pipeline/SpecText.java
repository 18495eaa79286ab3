package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.process.StackProcess;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is to be said in a spec.
 *
 * @param ensemble its name, which no other has
 * @param shape what the events look like
 * @param events the topic that they are in
 * @param batch the most events in a batch
 * @param more further members, each as {@code , NAME: {…}}; empty for none
 * @param lines further lines of the spec
 */
public record SpecText(String ensemble, Shape shape, String events, int batch, String more, List<String> lines) {

    /** With nothing but defaults in other places. */
    public SpecText(String ensemble, Shape shape, String events, int batch, String more) {
        this(ensemble, shape, events, batch, more, List.of());
    }

    /**
     * Writes it.
     *
     * @param folder where the file goes
     * @param models the files of the members' models
     */
    public EnsembleSpec write(Path folder, StackProcess.Addresses stack, List<Path> models) throws IOException {
        String members = IntStream.range(0, models.size())
                .mapToObj(k -> "m" + k + ": {onnx: " + models.get(k) + "}")
                .collect(Collectors.joining(", "));
        Path file = folder.resolve(ensemble + ".yaml");
        Files.writeString(file, """
                ensemble: %s
                version: 1
                %s
                kafka: {bootstrap: "%s"}
                registry: {url: "%s"}
                events: {topic: %s, id: id, time: time}
                members: {%s%s}
                batch: {size: %d}
                %s
                """.formatted(
                        ensemble,
                        shape.specLines(),
                        stack.bootstrap(),
                        stack.registryUrl(),
                        events,
                        members,
                        more,
                        batch,
                        String.join("\n", lines)));
        return SpecParser.parse(file);
    }
}
