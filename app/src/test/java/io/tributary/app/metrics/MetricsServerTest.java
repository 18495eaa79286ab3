package io.tributary.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private static HttpResponse<String> ask(String method, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void get_ofMetrics_isAnsweredByTheText() throws Exception {
        try (MetricsServer server = MetricsServer.start("localhost", 0, () -> "a 1.0\n")) {
            HttpResponse<String> answer = ask("GET", server.url());

            assertThat(server.url()).matches("http://localhost:\\d+/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).isEqualTo("a 1.0\n");
            assertThat(ask("GET", server.url().replace("/metrics", "/")).statusCode())
                    .isEqualTo(404);
            assertThat(ask("DELETE", server.url()).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void get_whenTheTextCannotBeMade_saysWhy() throws Exception {
        try (MetricsServer server = MetricsServer.start("localhost", 0, () -> {
            throw new IllegalStateException("no time");
        })) {
            HttpResponse<String> answer = ask("GET", server.url());

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("no time");
        }
    }

    @Test
    void start_whereSomethingListens_saysWhatToDo() {
        try (MetricsServer first = MetricsServer.start("localhost", 0, () -> "")) {
            int taken = URI.create(first.url()).getPort();

            assertThatThrownBy(() -> MetricsServer.start("localhost", taken, () -> ""))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll("localhost:" + taken, "--metrics-port", "--no-metrics");
        }
    }
}
