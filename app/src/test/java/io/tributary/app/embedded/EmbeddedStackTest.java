package io.tributary.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EmbeddedStackTest {

    private static final String HOME_PROPERTY = "tributary.apicurio";

    @TempDir
    private Path parent;

    @AfterEach
    void noChildIsLeft() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void start_brokerAndRegistry_bothServeAndLeaveNothing() throws Exception {
        List<String> progress = new ArrayList<>();
        int status;
        String subjects;
        int brokers;
        try (WorkDirectory work = WorkDirectory.in(parent);
                EmbeddedStack stack = EmbeddedStack.start(work, registryHome(), progress::add)) {
            HttpClient http = HttpClient.newHttpClient();
            URI versions = URI.create(stack.registryUrl() + "/subjects/events-value/versions");
            status = http.send(
                            HttpRequest.newBuilder(versions)
                                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                    .POST(BodyPublishers.ofString("{\"schema\": \"\\\"string\\\"\"}"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            URI all = URI.create(stack.registryUrl() + "/subjects");
            subjects = http.send(HttpRequest.newBuilder(all).build(), BodyHandlers.ofString())
                    .body();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
                brokers = admin.describeCluster().nodes().get().size();
            }
            assertThat(progress).hasSize(2).first().asString().contains(stack.bootstrap());
        }

        assertThat(status).isEqualTo(200);
        assertThat(subjects).isEqualTo("[\"events-value\"]");
        assertThat(brokers).isEqualTo(1);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void start_brokerPortTaken_failsAndLeavesNoRegistry() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.HOST));
                WorkDirectory work = WorkDirectory.in(parent)) {
            assertThatThrownBy(() -> EmbeddedStack.start(work, registryHome(), taken.getLocalPort(), line -> {}))
                    .isInstanceOf(StackStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void start_noRegistryInFolder_namesFolderAndRemedy() {
        try (WorkDirectory work = WorkDirectory.in(parent)) {
            assertThatThrownBy(() -> EmbeddedStack.start(work, parent, line -> {}))
                    .isInstanceOf(StackStartException.class)
                    .hasMessageContaining(parent.toString())
                    .hasMessageContaining("mvn");
        }
    }

    @Test
    void start_registryEndsEarly_showsItsLogAndStopsTheBroker(@TempDir Path brokenHome) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "no.such.Registry");
        new JarOutputStream(Files.newOutputStream(brokenHome.resolve("broken-runner.jar")), manifest).close();
        WorkDirectory work = WorkDirectory.in(parent);

        assertThatThrownBy(() -> EmbeddedStack.start(work, brokenHome, line -> {}))
                .isInstanceOf(StackStartException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("no.such.Registry");
        work.close();

        assertThat(parent).isEmptyDirectory();
    }

    private static Path registryHome() {
        String home = System.getProperty(HOME_PROPERTY);
        assertThat(home)
                .as(
                        "the system property %s must name the folder with the unpacked Apicurio Registry;"
                                + " the build of the app module unpacks it to target/apicurio",
                        HOME_PROPERTY)
                .isNotNull();
        return Path.of(home);
    }
}
