package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client over HTTP is told. */
class QueryServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Place PLACE = new Place(3, 1234, 5000, 2);

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Map<String, Lookup> known = new HashMap<>();
    private QueryServer server;

    @BeforeEach
    void start() {
        server = server();
    }

    private QueryServer server() {
        QueryServer started = QueryServer.bind("localhost", 0);
        started.start(Samples.spec(), id -> known.getOrDefault(id, new Lookup.Unknown()));
        return started;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return ask(http, "GET", path);
    }

    private HttpResponse<String> ask(HttpClient client, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + server.hostAndPort() + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void get_aKnownId_isItsPlace() throws Exception {
        known.put("e-1", new Lookup.Found(PLACE));

        HttpResponse<String> response = ask("/predictions/e-1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"ensemble\": \"toy\", \"eventId\": \"e-1\", \"topic\": \"toy.predictions\","
                                + " \"partition\": 3, \"offset\": 1234, \"copies\": 2, \"readAtMillis\": 5000}"));
    }

    @Test
    void get_anIdOfAnyCharacters_isTakenWhole() throws Exception {
        known.put("a/b c+d\"é", new Lookup.Found(PLACE));

        HttpResponse<String> response = ask("/predictions/a%2Fb%20c+d%22%C3%A9");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("eventId").asText()).isEqualTo("a/b c+d\"é");
    }

    @Test
    void get_anUnknownId_is404AndSaysWhatThatMayMean() throws Exception {
        HttpResponse<String> response = ask("/predictions/e-2");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error").asText())
                .isEqualTo("the learning plane of toy has read no prediction for event 'e-2' in the last 7 days: the id"
                        + " is another, or the event was not scored yet, or was too long ago");
    }

    @Test
    void get_anIdOfAnotherInstance_isRedirectedThere() throws Exception {
        QueryServer other = QueryServer.bind("localhost", 0);
        other.start(Samples.spec(), id -> new Lookup.Found(PLACE));
        known.put("e 3", new Lookup.Elsewhere(other.hostAndPort()));
        try {
            HttpResponse<String> followed = ask("/predictions/e%203");
            assertThat(followed.statusCode()).isEqualTo(200);
            assertThat(json(followed).get("eventId").asText()).isEqualTo("e 3");

            HttpResponse<String> redirect = ask(HttpClient.newHttpClient(), "GET", "/predictions/e%203");
            assertThat(redirect.statusCode()).isEqualTo(307);
            assertThat(redirect.headers().firstValue("Location"))
                    .hasValue("http://" + other.hostAndPort() + "/predictions/e%203");
        } finally {
            other.close();
        }
    }

    @Test
    void get_whilePartitionsMove_is503() throws Exception {
        known.put("e-4", new Lookup.NotNow("the learning plane is REBALANCING"));

        HttpResponse<String> response = ask("/predictions/e-4");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("error").asText())
                .isEqualTo("the learning plane is REBALANCING; ask again in a moment");
    }

    @Test
    void get_ofAPlaneThatHasStopped_is500AndSaysSo() throws Exception {
        try (QueryServer stopped = QueryServer.bind("localhost", 0)) {
            stopped.start(Samples.spec(), id -> {
                throw new IllegalStateException("the learning plane has stopped (ERROR)");
            });
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + stopped.hostAndPort() + "/predictions/e-5"))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(json(response).get("error").asText())
                    .isEqualTo("event 'e-5' could not be looked up: the learning plane has stopped (ERROR)");
        }
    }

    @Test
    void get_whileOthersNeverEndTheirQuestion_isAnswered() throws Exception {
        known.put("e-1", new Lookup.Found(PLACE));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                URI address = URI.create("http://" + server.hostAndPort());
                Socket socket = new Socket(address.getHost(), address.getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /predictions/e-1 HTTP/1.1\r\nHos".getBytes(UTF_8));
            }
            assertThat(ask("/predictions/e-1").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void endpoint_ofAnAddressWithColons_hasBrackets() {
        assertThat(QueryServer.endpoint("::1", 8077)).isEqualTo("[::1]:8077");
        assertThat(QueryServer.endpoint("scoring-1.example", 8077)).isEqualTo("scoring-1.example:8077");
    }

    @Test
    void anythingElse_isRefusedWithWhatIsAnswered() throws Exception {
        assertThat(ask("/predictions/").statusCode()).isEqualTo(404);
        assertThat(json(ask("/")).get("error").asText()).isEqualTo("ask for /predictions/EVENT_ID");
        assertThat(ask(http, "DELETE", "/predictions/e-1").statusCode()).isEqualTo(405);
    }

    @Test
    void bind_aPortThatIsTaken_saysWhich() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> QueryServer.bind("0.0.0.0", taken.getLocalPort()))
                    .isInstanceOf(QueryAddressException.class)
                    .hasMessageContaining("queries cannot be answered at 0.0.0.0:" + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void close_givesThePortBack() throws Exception {
        int port = Integer.parseInt(server.hostAndPort().substring("localhost:".length()));
        server.close();
        QueryServer.bind("localhost", port).close();
    }

    @Test
    void isEverywhere_ofTheWildcard_only() {
        assertThat(server.isEverywhere()).isFalse();
        try (QueryServer all = QueryServer.bind("0.0.0.0", 0)) {
            assertThat(all.isEverywhere()).isTrue();
        }
    }
}
