package io.tributary.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.app.UserError;
import io.tributary.app.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pid files are good for, with processes that only wait. */
class LocalClusterTest {

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void stop_afterSomeWereKilled_endsTheRest() throws Exception {
        Process killed = start("jobmanager");
        Process running = start("taskmanager-1");
        killed.destroyForcibly().waitFor();

        assertThat(LocalCluster.stop(folder)).isEqualTo(1);

        // The JVM may learn of an end a moment after the system.
        assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).isEmptyDirectory();
        assertThat(LocalCluster.stop(folder)).as("once more").isZero();
    }

    @Test
    void stop_pidOfAnotherProcess_leavesThatAlone() throws Exception {
        Process stranger = start("jobmanager");
        Files.writeString(folder.resolve("jobmanager.pid"), stranger.pid() + " 1000\n");

        assertThat(LocalCluster.stop(folder)).isZero();

        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void stop_pidGivenOutAgain_leavesTheOtherProcessAlone() throws Exception {
        Process stranger = start("jobmanager");
        Path file = folder.resolve("jobmanager.pid");
        Files.writeString(file, Files.readString(file).strip() + "0\n");

        assertThat(LocalCluster.stop(folder)).isZero();

        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void record_whereTheSystemCountsTicks_asksNoWallClock() throws Exception {
        Process process = start("jobmanager");
        Path stat = Path.of("/proc/" + process.pid() + "/stat");
        assumeThat(stat).exists();
        String ticks = Files.readString(stat).split(" ")[21];

        assertThat(folder.resolve("jobmanager.pid"))
                .hasContent(process.pid() + " "
                        + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip()
                        + "/" + ticks);
    }

    @Test
    void stop_pidFileWithTheTimeOfDay_endsTheProcess() throws Exception {
        Process process = start("jobmanager");
        long started = process.info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(folder.resolve("jobmanager.pid"), process.pid() + " " + started + "\n");

        assertThat(LocalCluster.stop(folder)).isEqualTo(1);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void launch_pidFileCannotBeWritten_leavesNothingRunning() throws Exception {
        Files.createDirectory(folder.resolve("taskmanager-1.pid"));
        Files.createDirectories(folder.resolve("home/runtime/target"));
        Path jar = Files.writeString(folder.resolve("home/runtime/target/tributary-runtime.jar"), "");
        Files.writeString(folder.resolve("home/runtime/target/flink-classpath.txt"), jar.toString());

        assertThatThrownBy(() ->
                        LocalCluster.launch(settings(FreePorts.pickTwo()[0]), new Artifacts(folder.resolve("home"))))
                .hasMessageContaining("taskmanager-1.pid");

        assertThat(folder.resolve("jobmanager.pid")).doesNotExist();
    }

    @Test
    void prepare_afterProcessesWereKilled_deletesWhatTheyHadUnpacked() throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("tmp/tributary/a"));
        Files.writeString(unpacked.resolve("model.onnx"), "model");
        Path kept = Files.createDirectories(folder.resolve("savepoints/savepoint-1"));

        new FlinkLauncher(settings(8081), List.of()).prepare();

        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(folder.resolve("upload")).isEmptyDirectory();
        assertThat(kept).exists();
    }

    @Test
    void launch_whereOneRuns_refusesAndLeavesItRunning() throws Exception {
        Process running = start("jobmanager");

        assertThatThrownBy(() -> LocalCluster.launch(settings(FreePorts.pickTwo()[0]), new Artifacts(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("jobmanager (pid " + running.pid() + ")")
                .hasMessageContaining("tributary cluster stop");
        assertThat(running.isAlive()).isTrue();
    }

    @Test
    void launch_portTaken_saysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> LocalCluster.launch(settings(taken.getLocalPort()), new Artifacts(folder)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is taken")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void launch_portOfMetricsTaken_saysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ClusterSettings settings = new ClusterSettings(
                    folder, 1, 1, FreePorts.pickTwo()[0], ClusterSettings.Memory.DEFAULT, taken.getLocalPort() - 1);

            assertThatThrownBy(() -> LocalCluster.launch(settings, new Artifacts(folder)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll("port " + taken.getLocalPort(), "for metrics", "--metrics-port");
        }
    }

    @Test
    void configuration_hasAReporterOnlyIfMetricsAreWanted() {
        ClusterSettings measured = new ClusterSettings(folder, 2, 1, 8081, ClusterSettings.Memory.DEFAULT, 9249);

        assertThat(measured.configuration(1)).contains("metrics.reporter.prom.port: '9249-9251'");
        assertThat(settings(8081).configuration(1)).doesNotContain("metrics.reporter");
    }

    @Test
    void settings_outOfRange_nameTheOption() {
        assertThatThrownBy(() -> new ClusterSettings(folder, 0, 1, 8081)).hasMessageContaining("--taskmanagers is 0");
        assertThatThrownBy(() -> new ClusterSettings(folder, 1, 65, 8081)).hasMessageContaining("--slots is 65");
        assertThatThrownBy(() -> new ClusterSettings(folder, 1, 1, 70_000)).hasMessageContaining("--port is 70000");
        assertThatThrownBy(() -> new ClusterSettings(folder, 9, 1, 1, ClusterSettings.Memory.DEFAULT, 65_530))
                .hasMessageContaining("--metrics-port is 65530, must be from 0 to 65526");
        assertThatThrownBy(() -> new ClusterSettings(folder, 2, 1, 8081, ClusterSettings.Memory.DEFAULT, 8079))
                .hasMessageContaining("--metrics-port is 8079, which with the 2 that follow it takes --port 8081");
    }

    private ClusterSettings settings(int port) {
        return new ClusterSettings(folder, 1, 1, port);
    }

    private Process start(String name) throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        processes.add(process);
        ClusterProcess.record(folder.resolve(name + ClusterProcess.SUFFIX), process.toHandle());
        return process;
    }
}
