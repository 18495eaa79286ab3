package io.tributary.dashboard.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.TestSpecs;
import io.tributary.dashboard.live.LiveState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The web server as a browser meets it. */
class ServerTest {

    private static final String TOKEN = "0123456789abcdef0123";
    private static final Explainer EXPLAINER = id -> {
        if (id.equals("ü 1")) {
            return "{\"eventId\":\"ü 1\"}";
        }
        throw new Explainer.NotExplainedException("No such event: " + id + ".");
    };

    private final HttpClient http = HttpClient.newHttpClient();
    private final LiveState state = new LiveState(TestSpecs.of("a", "b"), () -> 1_800_000_000_000L);
    private Server server;

    private Server serve(Address address) {
        server = Server.start(address, state, EXPLAINER, () -> 1_800_000_000_000L);
        return server;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void page_hasAllThatItNames() throws Exception {
        serve(Address.local(0));
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self'");
        Matcher named = Pattern.compile("(?:src|href)=\"([^\"#]+)\"").matcher(page.body());
        int files = 0;
        while (named.find()) {
            HttpResponse<String> file = get("/" + named.group(1));
            assertThat(file.statusCode()).as(named.group(1)).isEqualTo(200);
            assertThat(file.body()).isNotEmpty();
            files++;
        }
        assertThat(files).isGreaterThan(4);
        assertThat(get("/lib/uPlot.esm.js").headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/javascript");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void events_beginWithEverything() throws Exception {
        serve(Address.local(0));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            Iterator<String> each = lines.iterator();

            assertThat(each.next()).isEqualTo("event: state");
            assertThat(each.next()).startsWith("data: {\"whole\":true").contains("\"ensemble\":\"test\"");
            // It goes on by itself.
            assertThat(each.next()).isEmpty();
            assertThat(each.next()).startsWith("event: ");
        }
    }

    @Test
    void explain_answersOrSaysWhyNot() throws Exception {
        serve(Address.local(0));

        HttpResponse<String> found = get("/api/explain?id=%C3%BC%201");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).isEqualTo("{\"eventId\":\"ü 1\"}");
        HttpResponse<String> none = get("/api/explain?id=x");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).isEqualTo("{\"error\":\"No such event: x.\"}");
        assertThat(get("/api/explain").statusCode()).isEqualTo(400);
    }

    @Test
    void request_thatNamesAnotherHost_isRefusedWithoutAToken() throws Exception {
        serve(Address.local(0));
        URI uri = URI.create(server.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(reader.readLine()).contains(" 403 ");
        }
    }

    @Test
    void page_withAToken_isShownToWhoKnowsIt() throws Exception {
        serve(new Address("localhost", 0, TOKEN));

        assertThat(get("/").statusCode()).isEqualTo(401);
        assertThat(get("/").body()).contains("name=\"token\"").doesNotContain("members");
        assertThat(get("/api/explain?id=x").statusCode()).isEqualTo(401);
        assertThat(get("/events", "Accept", "text/event-stream").statusCode()).isEqualTo(401);
        assertThat(get("/js/main.js").statusCode()).isEqualTo(401);
        assertThat(get("/?token=wrong").statusCode()).isEqualTo(401);
        assertThat(get("/", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);

        HttpResponse<String> entered = get("/?token=" + TOKEN);
        assertThat(entered.statusCode()).isEqualTo(303);
        assertThat(entered.headers().firstValue("Location")).contains("/");
        List<String> cookies = entered.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        assertThat(cookies.get(0))
                .startsWith("tributary-token-" + URI.create(server.url()).getPort() + "=")
                .contains("HttpOnly", "SameSite=Strict");
        assertThat(get("/js/main.js", "Cookie", cookies.get(0).split(";")[0]).statusCode())
                .isEqualTo(200);
    }

    @Test
    void form_thatSendsTheToken_letsIn() throws Exception {
        serve(new Address("localhost", 0, TOKEN));

        assertThat(post("token=wrong").statusCode()).isEqualTo(401);
        assertThat(post("token=" + TOKEN).headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly");
    }

    private HttpResponse<String> post(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void start_whereSomethingListens_saysSo() {
        serve(Address.local(0));
        int taken = URI.create(server.url()).getPort();

        assertThatThrownBy(() -> Server.start(Address.local(taken), state, EXPLAINER, () -> 0))
                .isInstanceOf(DashboardException.class)
                .hasMessageContaining("localhost:" + taken)
                .hasMessageContaining("--dashboard-port");
    }
}
