package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/** Questions to the REST API of a JobManager. */
final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;

    FlinkRest(String url) {
        this.url = url;
    }

    /** The answer at a path, which must be one. */
    JsonNode get(String path) throws Exception {
        HttpResponse<String> response =
                HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    boolean isUp() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/taskmanagers")).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Asks for a job to be cancelled. */
    void cancel(String job) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/jobs/" + job + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(202);
    }

    /** The vertex in whose chain an operator is: its name lists them, with arrows, and branches in brackets. */
    String vertex(String job, String operator) throws Exception {
        Pattern listed = Pattern.compile("(^|[ (])" + Pattern.quote(operator) + "($|[ ,)])");
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            if (listed.matcher(vertex.path("name").asText()).find()) {
                return vertex.path("id").asText();
            }
        }
        throw new AssertionError("job " + job + " has no vertex " + operator);
    }
}
