package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.SpecParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a command of its own, and beside a run. */
class DashboardCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern ADDRESS = Pattern.compile("ashboard[^\\n]* at (http://localhost:\\d+)");

    private static final Pattern METRICS = Pattern.compile("metrics at (http://localhost:\\d+/metrics)");

    private final Stack stack = Stack.shared();

    @TempDir
    private Path folder;

    private static int status(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String address(Command command) {
        Matcher matcher = ADDRESS.matcher(command.output());
        assertThat(matcher.find()).as(command.output()).isTrue();
        return matcher.group(1);
    }

    @Test
    void dashboard_ofAnEnsembleWithoutTopics_isServedUntilInterrupted() throws Exception {
        String spec = stack.fraudFile("shown-early").toString();
        Command dashboard = Command.start("dashboard", spec, "--dashboard-port", "0");
        dashboard.awaitOutput("until Ctrl-C", LIMIT);

        assertThat(status(address(dashboard) + "/")).isEqualTo(200);
        dashboard.interrupt();
        assertThat(dashboard.await(LIMIT)).isEqualTo(130);
        assertThat(dashboard.leftBehind()).isEmpty();
    }

    @Test
    void dashboard_thatOthersCanReach_needsAToken() throws Exception {
        String spec = stack.fraudFile("shown-to-all").toString();
        Command refused = Command.start("dashboard", spec, "--dashboard-host", "0.0.0.0");

        assertThat(refused.await(LIMIT)).isEqualTo(2);
        assertThat(refused.output())
                .contains("--dashboard-host is 0.0.0.0", "--dashboard-token")
                .doesNotContain("\tat ");
    }

    @Test
    void run_servesADashboardAndMetricsUnlessToldNotTo() throws Exception {
        Path spec = stack.fraudFile("run-and-shown");
        stack.prepare(SpecParser.parse(spec));
        Command run = Command.start(
                "run",
                spec.toString(),
                "--state",
                folder.toString(),
                "--query-port",
                "0",
                "--dashboard-port",
                "0",
                "--dashboard-token",
                "0123456789abcdef",
                "--metrics-port",
                "0");
        run.awaitOutput("until Ctrl-C", LIMIT);
        String url = address(run);
        assertThat(status(url + "/")).isEqualTo(401);
        assertThat(status(url + "/", "Authorization", "Bearer 0123456789abcdef"))
                .isEqualTo(200);
        Matcher metrics = METRICS.matcher(run.output());
        assertThat(metrics.find()).as(run.output()).isTrue();
        // Models may still be loading.
        Scrape.await(
                metrics.group(1),
                now -> now.names()
                        .containsAll(Set.of(
                                "tributary_learning_running",
                                "tributary_scoring_spec_version",
                                "jvm_memory_used_bytes")));
        run.interrupt();
        assertThat(run.await(LIMIT)).isEqualTo(130);

        Command quiet = Command.start(
                "run",
                spec.toString(),
                "--state",
                folder.toString(),
                "--query-port",
                "0",
                "--no-dashboard",
                "--no-metrics");
        quiet.awaitOutput("until Ctrl-C", LIMIT);
        assertThat(quiet.output()).doesNotContain("ashboard").doesNotContain("etrics");
        quiet.interrupt();
        assertThat(quiet.await(LIMIT)).isEqualTo(130);
    }
}
