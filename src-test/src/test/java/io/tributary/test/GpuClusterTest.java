package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.play.PlayedEvent;
import io.tributary.core.Prediction;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Slot groups with a GPU on a cluster of two TaskManagers, of which the first one has two GPUs: a driver of the test's
 * own says so, and ONNX models are stood in for by members that answer with the device that they were opened for.
 */
class GpuClusterTest {

    private static final int EVENTS = 200;

    private final Stack stack = Stack.shared();
    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(2, 2);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    @Test
    void membersOfTwoGroups_whereOneTaskManagerHasTwoGpus_haveOneEachOnThatOne() throws Exception {
        jar(
                "plugins/fake-gpus/fake-gpus.jar",
                ExternalResourceDriverFactory.class,
                List.of(FakeGpus.class, FakeGpus.Driver.class, FakeGpus.Gpu.class));
        jar(
                "lib/device-reporter.jar",
                MemberFactory.class,
                List.of(DeviceReporter.class, DeviceReporter.Reporter.class));
        cluster.restart(Map.of(
                "taskmanager-1",
                List.of(
                        "external-resources=gpu",
                        "external-resource.gpu.amount=2",
                        "external-resource.gpu.driver-factory.class=" + FakeGpus.class.getName())));
        Path file = ensemble("gpu-cluster", "1", "preferred");

        String job = cluster.submit(file);

        assertThat(cluster.taskManagersOf(job, "score-left")).containsExactly("taskmanager-1");
        assertThat(cluster.taskManagersOf(job, "score-right")).containsExactly("taskmanager-1");
        EnsembleSpec spec = SpecParser.parse(file);
        int left = spec.memberNames().indexOf("logistic");
        int right = spec.memberNames().indexOf("forest");
        Collection<Prediction> predictions = scored(spec);
        double leftSaid = predictions.iterator().next().scores()[left];
        assertThat(leftSaid).isIn(0.1, 0.2);
        assertThat(predictions).allSatisfy(prediction -> {
            assertThat(prediction.degraded()).isFalse();
            assertThat(prediction.scores()[left]).isEqualTo(leftSaid);
            assertThat(prediction.scores()[right]).isEqualTo(leftSaid == 0.1 ? 0.2 : 0.1);
        });
        cluster.awaitMetric(job, "score-left", file, "on_gpu", "1");
        cluster.awaitMetric(job, "score-right", file, "on_gpu", "1");
        cluster.awaitMetric(job, "score-rest", file, "on_gpu", "0");
        assertThat(cluster.refusal(
                        "submit", ensemble("gpu-third", "1", "preferred").toString(), "--jobmanager", cluster.url()))
                .contains("takes 1 GPUs", "0 free");
    }

    @Test
    void membersThatPreferAGpu_whereThereIsNone_runOnTheCpuAndThoseThatNeedOneAreRefused() throws Exception {
        assertThat(cluster.refusal(
                        "submit", ensemble("gpu-needed", "1", "1").toString(), "--jobmanager", cluster.url()))
                .contains("slot groups left, right have gpu: 1", "takes 2 GPUs", "0 free");

        Path file = ensemble("gpu-preferred", "preferred", "preferred");
        String said = cluster.submitted(file);

        assertThat(said).contains("slot groups left, right prefer a GPU and run on the CPU");
        cluster.awaitMetric(TestCluster.jobOf(said), "score-left", file, "on_gpu", "0");
        assertThat(scored(SpecParser.parse(file)))
                .allSatisfy(prediction -> assertThat(prediction.degraded()).isFalse());
    }

    private Path ensemble(String name, String left, String right) throws Exception {
        Path file = stack.fraudFile(name);
        // Without the golden vectors beside them, which no stand-in answers.
        Path models = Files.createDirectories(cluster.folder().resolve("models"));
        for (String model : List.of("logistic.onnx", "forest.onnx", "mlp.pt", "boosted.json")) {
            Files.copy(
                    Stack.home().resolve("examples/fraud/models").resolve(model),
                    models.resolve(model),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                file,
                Files.readString(file)
                                .replace(
                                        Stack.home()
                                                .resolve("examples/fraud/models")
                                                .toString(),
                                        models.toString())
                        + """

                bootstrap: equal
                deadline: 5m
                slots:
                  left: {gpu: LEFT, cpu: 0.5, heap: 64m, members: [logistic]}
                  right: {gpu: RIGHT, cpu: 0.5, heap: 64m, members: [forest]}
                  rest: {cpu: 0.5, heap: 64m, members: [mlp, boosted, rules]}
                  pipeline: {cpu: 0.5, heap: 128m}
                """.replace("LEFT", left).replace("RIGHT", right));
        stack.prepare(SpecParser.parse(file));
        return file;
    }

    private Collection<Prediction> scored(EnsembleSpec spec) throws Exception {
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, EVENTS);
        try (Records records = new Records(stack.bootstrap())) {
            records.sendAll(spec.events().topic(), events);
        }
        return ScoredTopic.await(spec, EVENTS).values();
    }

    /** Writes a jar with a service's implementation, the first class, and what it needs. */
    private void jar(String name, Class<?> service, List<Class<?>> classes) throws Exception {
        Path file = cluster.folder().resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
            jar.write(classes.get(0).getName().getBytes(StandardCharsets.UTF_8));
            for (Class<?> each : classes) {
                String path = each.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream in = each.getClassLoader().getResourceAsStream(path)) {
                    jar.write(Objects.requireNonNull(in, path).readAllBytes());
                }
            }
        }
    }
}
