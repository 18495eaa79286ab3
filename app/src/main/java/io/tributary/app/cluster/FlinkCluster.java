package io.tributary.app.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Flink cluster, seen through its REST API. */
public final class FlinkCluster {

    static final String RUNTIME_JAR = "tributary-runtime.jar";

    /** The external resource under which TaskManagers offer GPUs. */
    private static final String GPU = "gpu";

    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    private final String url;
    private final RestClient rest;

    private FlinkCluster(String url) {
        this.url = url;
        this.rest = new RestClient(url);
    }

    /**
     * The cluster of a JobManager.
     *
     * @param url of its REST API; {@code http://} may be left out
     */
    public static FlinkCluster at(String url) {
        String whole = url.contains("://") ? url : "http://" + url;
        String trimmed = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        if (!trimmed.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new UsageError("--jobmanager is " + url + ", must be the URL of Flink's REST API, such as http://"
                    + ClusterSettings.HOST + ":8081");
        }
        return new FlinkCluster(trimmed);
    }

    String url() {
        return url;
    }

    /** How many TaskManagers have registered; empty while no JobManager answers. */
    OptionalInt taskManagersIfUp() {
        try {
            return OptionalInt.of(rest.get("/overview").path("taskmanagers").asInt());
        } catch (UserError | RestClient.RefusedException e) {
            return OptionalInt.empty();
        }
    }

    /** Flink's version. */
    String version() {
        return rest.get("/config").path("flink-version").asText();
    }

    int freeSlots() {
        return rest.get("/overview").path("slots-available").asInt();
    }

    /** How many more slots with a GPU the TaskManagers have room for: their free GPUs, of all together. */
    int freeGpus() {
        int free = 0;
        for (JsonNode each : rest.get("/taskmanagers").path("taskmanagers")) {
            free += each.path("freeResource")
                    .path("extendedResources")
                    .path(GPU)
                    .asInt();
        }
        return free;
    }

    /** Whether the JobManager has the runtime jar on its class path, by the name that the build gives it. */
    boolean hasRuntimeJar() {
        for (JsonNode entry : rest.get("/jobmanager/environment").path("classpath")) {
            if (entry.asText().matches("(.*/)?tributary-runtime[^/]*\\.jar")) {
                return true;
            }
        }
        return false;
    }

    /**
     * A job.
     *
     * @param state as Flink names it
     */
    public record Job(String id, String name, String state) {

        /** Whether it has come to its end. */
        public boolean hasEnded() {
            return ENDED.contains(state);
        }
    }

    /** All jobs that the cluster remembers. */
    public List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (JsonNode each : rest.get("/jobs/overview").path("jobs")) {
            jobs.add(new Job(
                    each.path("jid").asText(),
                    each.path("name").asText(),
                    each.path("state").asText()));
        }
        return jobs;
    }

    /** A job's state, and whether all its tasks are running. */
    record Progress(String state, boolean allRunning) {}

    Progress progress(String job) {
        JsonNode answer = rest.get("/jobs/" + job);
        boolean all = answer.path("vertices").size() > 0;
        for (JsonNode vertex : answer.path("vertices")) {
            all &= vertex.path("status").asText().equals("RUNNING");
        }
        return new Progress(answer.path("state").asText(), all);
    }

    /** Why a job failed, each time that it did: the root causes, oldest first. */
    List<String> failures(String job) {
        List<JsonNode> entries = new ArrayList<>();
        rest.get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .forEach(entries::add);
        return entries.stream()
                .sorted(Comparator.comparingLong(each -> each.path("timestamp").asLong()))
                .map(each -> RootCause.of(each.path("stacktrace").asText()))
                .toList();
    }

    /** Uploads a jar and returns its id. */
    String upload(Path jar) {
        try {
            String file = rest.upload("/jars/upload", jar).path("filename").asText();
            return file.substring(file.lastIndexOf('/') + 1);
        } catch (RestClient.RefusedException e) {
            throw new UserError(
                    e.status() == 413
                            ? "the job's jar is larger than Flink at " + url
                                    + " takes: raise rest.server.max-content-length in its configuration"
                            : "Flink at " + url + " refused the job's jar: " + e.reason(),
                    e);
        }
    }

    void deleteJar(String jar) {
        rest.delete("/jars/" + jar);
    }

    /**
     * Runs an uploaded jar and returns the job's id.
     *
     * @param savepoint what to start from; null to start anew
     * @param drained whether it may hold the state of operators that the job does not have
     */
    String run(String jar, List<String> arguments, int parallelism, @Nullable String savepoint, boolean drained) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        arguments.forEach(body.putArray("programArgsList")::add);
        body.put("parallelism", parallelism);
        if (savepoint != null) {
            body.put("savepointPath", savepoint);
            body.put("allowNonRestoredState", drained);
        }
        try {
            return rest.run("/jars/" + jar + "/run", body).path("jobid").asText();
        } catch (RestClient.RefusedException e) {
            throw new UserError("the job does not start: " + e.reason(), e);
        }
    }

    void cancel(String job) {
        rest.patch("/jobs/" + job + "?mode=cancel");
    }

    /**
     * Asks for a stop with a savepoint and returns the id of the request.
     *
     * @param folder for the savepoint; null for the one that the cluster is configured with
     * @param drain whether what is in flight is emitted before
     */
    String requestStop(String job, @Nullable String folder, boolean drain) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("drain", drain);
        if (folder != null) {
            body.put("targetDirectory", folder);
        }
        return rest.post("/jobs/" + job + "/stop", body).path("request-id").asText();
    }

    /** What became of a request to stop: null while it is under way, else the operation's result. */
    @Nullable
    JsonNode stopResult(String job, String request) {
        JsonNode answer = rest.get("/jobs/" + job + "/savepoints/" + request);
        return answer.path("status").path("id").asText().equals("COMPLETED") ? answer.path("operation") : null;
    }
}
