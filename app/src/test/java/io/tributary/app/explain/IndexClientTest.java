package io.tributary.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of a learning plane's answers, and of those of others. */
class IndexClientTest {

    private final EnsembleSpec spec = SpecParser.parse(
            "ensemble: toy\nevents: {topic: t, id: id, time: at}\nfeatures: [x]\n"
                    + "members: {a: {rules: [{when: x > 0.0, score: 0.5}]}}\n",
            Path.of("toy.yaml"));
    private final Deque<String> answers = new ArrayDeque<>();
    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI().getRawPath());
            String[] answer = answers.remove().split(" ", 2);
            byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Place find(String eventId) throws InterruptedException {
        return new IndexClient(spec, url).find(eventId);
    }

    @Test
    void find_waitsWhilePartitionsMove_andEncodesTheId() throws Exception {
        answers.add("503 {\"ensemble\": \"toy\", \"error\": \"not now\"}");
        answers.add("200 {\"ensemble\": \"toy\", \"topic\": \"t\", \"partition\": 1, \"offset\": 7, \"copies\": 2}");

        assertThat(find("a/b c+é")).isEqualTo(new Place("t", 1, 7, 2));
        assertThat(asked).hasValue("/predictions/a%2Fb%20c%2B%C3%A9");
    }

    @Test
    void find_whatIsNotKnown_saysWhatTheLearningPlaneSays() {
        answers.add("404 {\"ensemble\": \"toy\", \"error\": \"no such prediction\"}");

        assertThatThrownBy(() -> find("e")).isInstanceOf(UserError.class).hasMessage("no such prediction");
    }

    @Test
    void find_atTheLearningPlaneOfAnotherEnsemble_namesBoth() {
        answers.add("404 {\"ensemble\": \"other\", \"error\": \"no such prediction\"}");

        assertThatThrownBy(() -> find("e"))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the learning plane at " + url + " is that of the ensemble other, and toy.yaml describes toy;"
                                + " say with --learning where the one of this ensemble answers");
    }

    @Test
    void find_atAnythingElse_saysSo() {
        answers.add("200 <html>");
        assertThatThrownBy(() -> find("e"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is no learning plane of Tributary (status 200)");
    }

    @Test
    void find_whereNobodyAnswers_saysWhatToStart() {
        server.stop(0);
        assertThatThrownBy(() -> find("e"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no learning plane answers at " + url)
                .hasMessageContaining("tributary run");
    }

    @Test
    void client_ofNoAddress_isRefused() {
        assertThatThrownBy(() -> new IndexClient(spec, "localhost:8077"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--learning is localhost:8077, must be an address such as http://localhost:8077");
    }
}
