package io.tributary.app.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a learning plane where a prediction is. */
public final class IndexClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 20;
    private static final int NOT_NOW = 503;

    private final EnsembleSpec spec;
    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * A client of the learning plane of the given ensemble.
     *
     * @param url where any of its instances answers, such as {@code http://localhost:8077}
     * @throws UserError if that is no such address
     */
    public IndexClient(EnsembleSpec spec, String url) {
        this.spec = spec;
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!this.url.matches("https?://[^/]+.*")) {
            throw new UsageError("--learning is " + url + ", must be an address such as http://localhost:8077");
        }
    }

    /**
     * Where the newest prediction for an event is. Waits while the learning plane moves its partitions.
     *
     * @throws UserError if none is known, or nobody answers who could know
     */
    public Place find(String eventId) throws InterruptedException {
        HttpResponse<String> response = ask(eventId);
        for (int tries = 1; response.statusCode() == NOT_NOW && tries < TRIES; tries++) {
            Thread.sleep(PAUSE.toMillis());
            response = ask(eventId);
        }
        JsonNode answer = json(response.body());
        String ensemble = answer.path("ensemble").asText();
        if (ensemble.isEmpty()) {
            throw new UserError("what answers at " + url + " is no learning plane of Tributary (status "
                    + response.statusCode() + "); say with --learning where one answers");
        }
        if (!ensemble.equals(spec.ensemble())) {
            throw new UserError("the learning plane at " + url + " is that of the ensemble " + ensemble + ", and "
                    + spec.file() + " describes " + spec.ensemble()
                    + "; say with --learning where the one of this ensemble answers");
        }
        if (response.statusCode() != 200) {
            throw new UserError(answer.path("error").asText());
        }
        return new Place(
                answer.path("topic").asText(),
                answer.path("partition").asInt(),
                answer.path("offset").asLong(),
                answer.path("copies").asInt());
    }

    /** Whether the learning plane of this ensemble answers there, within a moment. */
    public boolean isAnswered() throws InterruptedException {
        try {
            return json(ask("/", GLANCE).body()).path("ensemble").asText().equals(spec.ensemble());
        } catch (UserError e) {
            return false;
        }
    }

    private HttpResponse<String> ask(String eventId) throws InterruptedException {
        return ask(
                "/predictions/"
                        + URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20"),
                PATIENCE);
    }

    private HttpResponse<String> ask(String path, Duration patience) throws InterruptedException {
        try {
            URI uri = URI.create(url + path);
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            throw new UsageError("--learning is " + url + ": " + e.getMessage(), e);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UserError(
                    "no learning plane answers at " + url + " (" + why + "); start one with tributary run, which says"
                            + " where it answers, or say it with --learning",
                    e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
