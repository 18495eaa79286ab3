package io.tributary.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a JobManager's answers. */
class SubmissionTest {

    /** Closes the connection without an answer. */
    private static final String HANGS_UP = "";

    private static final String JOB = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "GET /config", "{'flink-version': '2.2.1'}",
            "GET /jobmanager/environment",
                    "{'classpath': ['/opt/flink/lib/tributary-runtime.jar', '/opt/flink/lib/x.jar']}",
            "GET /jobs/overview",
                    "{'jobs': [{'jid': 'a', 'name': 'other scoring, spec version 1', 'state': 'RUNNING'},"
                            + "{'jid': 'b', 'name': 'test scoring, spec version 1', 'state': 'FINISHED'}]}",
            "GET /overview", "{'taskmanagers': 1, 'slots-available': 2}"));
    /** What is answered from the second time on. */
    private final Map<String, String> next = new ConcurrentHashMap<>();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Submission submission;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        submission = new Submission(FlinkCluster.at(url));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void check_clusterThatFits_passes() {
        assertThatCode(() -> submission.check(spec(), 2)).doesNotThrowAnyException();
    }

    @Test
    void check_anotherFlink_isNamed() {
        answers.put("GET /config", "{'flink-version': '1.20.3'}");
        assertThatThrownBy(() -> submission.check(spec(), 1)).hasMessageContainingAll("1.20.3", "must be 2.2.x");
    }

    @Test
    void check_noRuntimeJar_saysWhereToPutIt() {
        answers.put("GET /jobmanager/environment", "{'classpath': ['/opt/flink/lib/x.jar']}");
        assertThatThrownBy(() -> submission.check(spec(), 1)).hasMessageContainingAll("tributary-runtime.jar", "lib/");
    }

    @Test
    void check_sameEnsembleByAnotherVersionRuns_isRefused() {
        answers.put(
                "GET /jobs/overview",
                "{'jobs': [{'jid': '" + JOB + "', 'name': 'test scoring, spec version 7', 'state': 'RESTARTING'}]}");
        assertThatThrownBy(() -> submission.check(spec(), 1))
                .hasMessageContainingAll("test runs at " + url, JOB, "RESTARTING", "tributary stop");
        assertThat(submission.find(spec())).map(FlinkCluster.Job::id).contains(JOB);
    }

    @Test
    void check_tooFewSlots_namesBothNumbers() {
        assertThatThrownBy(() -> submission.check(spec(), 3))
                .hasMessageContainingAll("--parallelism is 3", "2 free slots");
    }

    @Test
    void settleGpus_noneAndOneNeeded_isRefusedWithBothNumbers() {
        answers.put("GET /taskmanagers", taskManagers("", ""));
        assertThatThrownBy(() -> submission.settleGpus(gpuSpec(), 2))
                .hasMessageContainingAll("slot groups must have gpu: 1", "takes 2 GPUs", "0 free", "gpu: preferred");
    }

    @Test
    void settleGpus_enoughForTheNeedy_leavesTheRestOnTheCpu() {
        answers.put("GET /taskmanagers", taskManagers("'gpu': 1.0", "'gpu': 2.0"));
        assertThat(submission.settleGpus(gpuSpec(), 1).slots().onGpu()).containsOnly("must", "first", "second");
        assertThat(submission.settleGpus(gpuSpec(), 2).slots().onGpu()).containsOnly("must");
        assertThatThrownBy(() -> submission.settleGpus(gpuSpec(), 4)).hasMessageContaining("3 free");
    }

    @Test
    void settleGpus_someForThoseThatPreferThem_servesTheFirst() {
        answers.put("GET /taskmanagers", taskManagers("'gpu': 2.0", "'fpga': 9.0"));
        assertThat(submission.settleGpus(gpuSpec(), 1).slots().onGpu()).containsOnly("must", "first");
    }

    @Test
    void settleGpus_specWithoutGpus_asksNobody() {
        assertThat(submission.settleGpus(spec(), 1)).isEqualTo(spec());
        assertThat(requests).isEmpty();
    }

    private static String taskManagers(String free, String otherFree) {
        return "{'taskmanagers': [{'id': '1', 'freeResource': {'extendedResources': {" + free + "}}},"
                + " {'id': '2', 'freeResource': {'extendedResources': {" + otherFree + "}}}]}";
    }

    private static EnsembleSpec gpuSpec() {
        return SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [x]
                members: {a: {onnx: a.onnx}, b: {onnx: b.onnx}, c: {onnx: c.onnx}, d: {onnx: d.onnx}}
                slots:
                  must: {gpu: 1, members: [a]}
                  first: {gpu: preferred, members: [b]}
                  second: {gpu: preferred, members: [c]}
                  plain: {members: [d]}
                """, Path.of("test.yaml"));
    }

    @Test
    void start_takenByFlink_deletesTheUploadedJar(@TempDir Path folder) throws Exception {
        answers.put("POST /jars/upload", "{'filename': '/tmp/flink-web/id_test.jar'}");
        answers.put("POST /jars/id_test.jar/run", "{'jobid': '" + JOB + "'}");
        answers.put("DELETE /jars/id_test.jar", "{}");
        Path jar = Files.writeString(folder.resolve("test.jar"), "the jar");

        assertThat(submission.start(jar, List.of("--checkpoint", "1s"), 3, "file:/s", false))
                .isEqualTo(JOB);

        assertThat(requests.get(0)).contains("POST /jars/upload", "filename=\"test.jar\"", "the jar");
        assertThat(requests.get(1))
                .contains("\"--checkpoint\",\"1s\"", "\"parallelism\":3", "\"savepointPath\":\"file:/s\"");
        assertThat(requests.get(2)).startsWith("DELETE /jars/id_test.jar");
    }

    @Test
    void start_uploadedJarCannotBeDeleted_stillSaysWhatBecameOfTheJob(@TempDir Path folder) throws Exception {
        answers.put("POST /jars/upload", "{'filename': '/tmp/flink-web/id_test.jar'}");
        answers.put("POST /jars/id_test.jar/run", "{'jobid': '" + JOB + "'}");
        Path jar = Files.writeString(folder.resolve("test.jar"), "the jar");
        assertThat(submission.start(jar, List.of(), 1, null, false)).isEqualTo(JOB);

        answers.remove("POST /jars/id_test.jar/run");
        assertThatThrownBy(() -> submission.start(jar, List.of(), 1, null, false))
                .hasMessageContainingAll("the job does not start", "nothing at POST /jars/id_test.jar/run");
    }

    @Test
    void awaitRunning_failsAgainAndAgain_tellsTheNewestRootCauseAndCancels() {
        answers.put("GET /jobs/" + JOB, "{'state': 'RESTARTING', 'vertices': [{'status': 'CANCELED'}]}");
        answers.put("PATCH /jobs/" + JOB + "?mode=cancel", "{}");
        answers.put(
                "GET /jobs/" + JOB + "/exceptions",
                "{'exceptionHistory': {'entries': [" + failure(3, "newest") + "," + failure(2, "second") + ","
                        + failure(1, "oldest") + "]}}");

        assertThatThrownBy(() -> submission.awaitRunning(JOB))
                .hasMessageContainingAll("job " + JOB + " failed and was cancelled", "a.Problem: newest")
                .hasMessageNotContaining("outer");
        assertThat(requests).anyMatch(request -> request.startsWith("PATCH /jobs/" + JOB + "?mode=cancel"));
    }

    @Test
    void awaitRunning_allTasksRun_returns() throws Exception {
        answers.put(
                "GET /jobs/" + JOB, "{'state': 'RUNNING', 'vertices': [{'status': 'RUNNING'}, {'status': 'RUNNING'}]}");
        submission.awaitRunning(JOB);
        assertThat(requests).hasSize(1);
    }

    @Test
    void stop_done_returnsTheSavepoint() throws Exception {
        answers.put("POST /jobs/" + JOB + "/stop", "{'request-id': 'r'}");
        answers.put(
                "GET /jobs/" + JOB + "/savepoints/r",
                "{'status': {'id': 'COMPLETED'}, 'operation': {'location': 'file:/s/savepoint-1'}}");
        answers.put("GET /jobs/" + JOB, "{'state': 'FINISHED', 'vertices': []}");

        assertThat(submission.stop(JOB, "/s", false)).isEqualTo("file:/s/savepoint-1");
        assertThat(requests.get(0)).contains("\"targetDirectory\":\"/s\"", "\"drain\":false");
    }

    @Test
    void stop_jobManagerForgetsTheJobOnceItsSavepointIsThere_returnsTheSavepoint() throws Exception {
        answers.put("POST /jobs/" + JOB + "/stop", "{'request-id': 'r'}");
        answers.put(
                "GET /jobs/" + JOB + "/savepoints/r",
                "{'status': {'id': 'COMPLETED'}, 'operation': {'location': 'file:/s/savepoint-1'}}");
        assertThat(submission.stop(JOB, "/s", false)).isEqualTo("file:/s/savepoint-1");
    }

    @Test
    void stop_jobManagerGoesOnceTheSavepointIsThere_returnsTheSavepoint() throws Exception {
        answers.put("POST /jobs/" + JOB + "/stop", "{'request-id': 'r'}");
        answers.put(
                "GET /jobs/" + JOB + "/savepoints/r",
                "{'status': {'id': 'COMPLETED'}, 'operation': {'location': 'file:/s/savepoint-1'}}");
        answers.put("GET /jobs/" + JOB, HANGS_UP);
        assertThat(submission.stop(JOB, "/s", false)).isEqualTo("file:/s/savepoint-1");
        assertThat(requests.stream().filter(("GET /jobs/" + JOB + " ")::equals)).hasSizeGreaterThan(1);
    }

    @Test
    void stop_oneAnswerIsLost_asksAgain() throws Exception {
        answers.put("POST /jobs/" + JOB + "/stop", "{'request-id': 'r'}");
        String asked = "GET /jobs/" + JOB + "/savepoints/r";
        answers.put(asked, HANGS_UP);
        next.put(asked, "{'status': {'id': 'COMPLETED'}, 'operation': {'location': 'file:/s/savepoint-1'}}");
        answers.put("GET /jobs/" + JOB, "{'state': 'FINISHED', 'vertices': []}");
        assertThat(submission.stop(JOB, "/s", false)).isEqualTo("file:/s/savepoint-1");
    }

    @Test
    void stop_savepointFails_tellsWhy() {
        answers.put("POST /jobs/" + JOB + "/stop", "{'request-id': 'r'}");
        answers.put(
                "GET /jobs/" + JOB + "/savepoints/r",
                "{'status': {'id': 'COMPLETED'}, 'operation': {'failure-cause': {'class': 'C', 'stack-trace':"
                        + " 'outer: x\\nCaused by: java.io.IOException: no room'}}}");

        assertThatThrownBy(() -> submission.stop(JOB, null, false))
                .hasMessageContainingAll("job " + JOB + " did not stop", "no room");
    }

    @Test
    void stop_unknownJob_passesOnWhatFlinkSays() {
        assertThatThrownBy(() -> submission.stop(JOB, null, false))
                .hasMessageContainingAll("job " + JOB + " cannot be stopped", "nothing at POST /jobs/" + JOB + "/stop");
    }

    private static String failure(int timestamp, String message) {
        return "{'timestamp': " + timestamp + ", 'stacktrace': 'outer: x\\n\\tat a.B(B.java)\\nCaused by: a.Problem: "
                + message + "\\n\\t... 3 more'}";
    }

    private static EnsembleSpec spec() {
        return SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [x]
                members: {m: {onnx: m.onnx}}
                """, Path.of("test.yaml"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String known = answers.get(request);
        String then = next.remove(request);
        if (then != null) {
            answers.put(request, then);
        }
        if (HANGS_UP.equals(known)) {
            exchange.close();
            return;
        }
        String text = known == null ? "{'errors': ['nothing at " + request + "']}" : known;
        byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
