package io.tributary.app.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** JSON over HTTP with a JobManager. */
final class RestClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(120);
    /** What starts a job reads the jar's spec and may reach for a savepoint in a remote store. */
    private static final Duration TIME_TO_RUN = Duration.ofMinutes(10);

    /** Slower than any link over which jars of this size are sent. */
    private static final long UPLOADED_BYTES_A_SECOND = 100_000;

    private static final String BOUNDARY = "tributary-jar-boundary";

    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIME_TO_CONNECT)
            .build();

    /** A client for the JobManager at a URL. */
    RestClient(String url) {
        this.url = url;
    }

    /** Flink refused a request. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String reason;

        RefusedException(int status, String error) {
            super(error);
            this.status = status;
            this.reason = RootCause.of(error);
        }

        /** The innermost cause. */
        String reason() {
            return reason;
        }

        int status() {
            return status;
        }
    }

    JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    /** Posts what takes long to answer. */
    JsonNode run(String path, JsonNode body) {
        return send("POST", path, BodyPublishers.ofString(body.toString()), JSON_TYPE, TIME_TO_RUN);
    }

    JsonNode patch(String path) {
        return send("PATCH", path, BodyPublishers.noBody());
    }

    JsonNode delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Uploads a jar. */
    JsonNode upload(String path, Path jar) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
            return send("POST", path, body, "multipart/form-data; boundary=" + BOUNDARY, timeToUpload(Files.size(jar)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The limit of a request covers the sending of it. */
    static Duration timeToUpload(long bytes) {
        return TIME_TO_ANSWER.plusSeconds(bytes / UPLOADED_BYTES_A_SECOND);
    }

    private JsonNode send(String method, String path, BodyPublisher body) {
        return send(method, path, body, JSON_TYPE, TIME_TO_ANSWER);
    }

    private JsonNode send(String method, String path, BodyPublisher body, String type, Duration limit) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .method(method, body)
                            .header("Content-Type", type)
                            .timeout(limit)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new RefusedException(response.statusCode(), errors(response.body()));
            }
            return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UserError(
                    "no Flink JobManager answers at " + url + " (" + e + "); start it, or correct --jobmanager", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the JobManager", e);
        }
    }

    private static String errors(String body) {
        try {
            JsonNode errors = JSON.readTree(body).path("errors");
            return errors.isEmpty() ? body : errors.get(errors.size() - 1).asText();
        } catch (IOException e) {
            return body;
        }
    }
}
