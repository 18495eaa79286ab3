package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.SpecParser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps {@code tributary run} from starting, and how it says so. */
class RunCommandTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration STARTED = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    @Test
    void run_withoutABroker_failsSoonAndSaysWhatToDo() throws Exception {
        Command run = Command.start("run", spec("no-broker", Stack.shared().bootstrap(), "127.0.0.1:1"));

        assertThat(run.await(SOON)).isEqualTo(1);
        assertThat(run.output())
                .contains("no Kafka broker answers at 127.0.0.1:1", "--embedded")
                .doesNotContain("\tat ");
    }

    @Test
    void run_withoutARegistry_failsSoonAndSaysWhatToDo() throws Exception {
        Command run = Command.start("run", spec("no-registry", Stack.shared().registryUrl(), "http://127.0.0.1:1"));

        assertThat(run.await(SOON)).isEqualTo(1);
        assertThat(run.output())
                .contains("no schema registry answers at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    @Test
    void run_withAModelOfAnotherChecksum_failsSoonAndNamesBoth() throws Exception {
        Path model = Stack.home().resolve("examples/fraud/models/logistic.onnx");
        Path changed = Files.copy(model, folder.resolve("logistic.onnx"));
        Files.writeString(changed, "x", StandardOpenOption.APPEND);

        Command run = Command.start("run", spec("changed-model", model.toString(), changed.toString()));

        assertThat(run.await(SOON)).isEqualTo(2);
        assertThat(run.output())
                .contains("logistic", "has checksum", "the spec says")
                .doesNotContain("\tat ");
    }

    @Test
    void run_withoutAModelFile_failsSoonAndNamesIt() throws Exception {
        Path model = Stack.home().resolve("examples/fraud/models/mlp.pt");

        Command run = Command.start(
                "run",
                spec("no-model", model.toString(), folder.resolve("gone.pt").toString()));

        assertThat(run.await(SOON)).isEqualTo(2);
        assertThat(run.output()).contains("member mlp", "gone.pt").doesNotContain("\tat ");
    }

    @Test
    void run_withoutTheFeaturesTopic_failsSoonAndNamesIt() throws Exception {
        Command run = Command.start("run", Stack.shared().fraudFile("no-topic").toString());

        assertThat(run.await(SOON)).isEqualTo(1);
        assertThat(run.output())
                .contains("there is no topic no-topic.transactions")
                .doesNotContain("\tat ");
    }

    @Test
    void run_whileAnotherRunsTheSameEnsemble_isRefused() throws Exception {
        Path spec = Stack.shared().fraudFile("twice");
        Stack.shared().prepare(SpecParser.parse(spec));
        Command first = Command.start(
                "run", spec.toString(), "--state", folder.resolve("first").toString(), "--query-port", "0");
        first.awaitOutput("until Ctrl-C", STARTED);

        Command second = Command.start(
                "run", spec.toString(), "--state", folder.resolve("second").toString());

        assertThat(second.await(STARTED)).as(second.output()).isEqualTo(1);
        assertThat(second.output()).contains("the planes of twice run already", "stop that run first");
        first.interrupt();
        assertThat(first.await(SOON)).isEqualTo(130);
        assertThat(first.output()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void run_withAddressesBesideItsOwnBroker_isRefused() throws Exception {
        Command run = Command.start(
                "run", Stack.shared().fraudFile("two-brokers").toString(), "--embedded", "--bootstrap", "127.0.0.1:1");

        assertThat(run.await(SOON)).isEqualTo(2);
        assertThat(run.output()).contains("--bootstrap 127.0.0.1:1 would do nothing beside --embedded", "leave it out");
    }

    @Test
    void run_withABootstrap_asksThatBroker() throws Exception {
        Command run =
                Command.start("run", Stack.shared().fraudFile("elsewhere").toString(), "--bootstrap", "127.0.0.1:1");

        assertThat(run.await(SOON)).isEqualTo(1);
        assertThat(run.output()).contains("no Kafka broker answers at 127.0.0.1:1");
    }

    @Test
    void run_atAQueryPortThatIsTaken_isRefused() throws Exception {
        Path spec = Stack.shared().fraudFile("port-taken");
        Stack.shared().prepare(SpecParser.parse(spec));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());

            Command run = Command.start(
                    "run", spec.toString(), "--state", folder.resolve("state").toString(), "--query-port", port);

            assertThat(run.await(STARTED)).isEqualTo(1);
            assertThat(run.output())
                    .contains("queries cannot be answered at localhost:" + port, "--query-port")
                    .doesNotContain("\tat ");
        }
    }

    private static String spec(String name, String from, String to) throws Exception {
        return Stack.shared().fraudFile(name, from, to).toString();
    }
}
