package io.tributary.app.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.app.UserError;
import io.tributary.app.explain.IndexClient;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.TopicCheck;
import io.tributary.app.report.TextTable;
import io.tributary.app.report.TimeText;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Glance;
import io.tributary.dashboard.read.Reach;
import io.tributary.schemas.RegistryException;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Looks whether all that an ensemble is made of is there and at work, within seconds whatever is missing. */
public final class Checkup {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** So long may events wait before the plane that should score them is missed. */
    private static final long MISSED_MILLIS = 60_000;

    /** Enough for the newest seconds of a busy ensemble; more would take longer to read than anybody waits. */
    private static final int MOST = 20_000;

    /** However many segments there are, the newest weights of all traffic are among these. */
    private static final int LEAST = 1000;

    private final EnsembleSpec spec;
    private final SchemaRegistry registry;
    private final String learningUrl;
    private final Duration lettersOf;
    private final long nowMillis;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean isBroker;
    private boolean isRegistry;
    private boolean isAnswered;
    private List<String> missing = List.of();
    private long waitingEvents = -1;
    private long endsOfTransactions;
    private long waitingLearning = -1;
    private boolean learns;
    private boolean mayAskForGroups = true;
    private Standing.@Nullable Emissions emitted;

    private Checkup(
            EnsembleSpec spec, SchemaRegistry registry, String learningUrl, Duration lettersOf, long nowMillis) {
        this.spec = spec;
        this.registry = registry;
        this.learningUrl = learningUrl;
        this.lettersOf = lettersOf;
        this.nowMillis = nowMillis;
    }

    /**
     * Looks.
     *
     * @param learningUrl where the learning plane answers
     * @param lettersOf over how long dead letters count
     * @param nowMillis epoch milliseconds
     * @throws UserError if the URL is none
     */
    public static Standing of(
            EnsembleSpec spec, SchemaRegistry registry, String learningUrl, Duration lettersOf, long nowMillis)
            throws InterruptedException {
        IndexClient learning = new IndexClient(spec, learningUrl);
        Checkup checkup = new Checkup(spec, registry, learningUrl, lettersOf, nowMillis);
        checkup.registry();
        checkup.isAnswered = learning.isAnswered();
        checkup.broker();
        return checkup.standing();
    }

    private void registry() {
        try {
            registry.ping();
            isRegistry = true;
        } catch (RegistryException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void broker() {
        try (Broker broker = Broker.connect(spec, PATIENCE)) {
            isBroker = true;
            List<String> wanted = TopicCheck.topics(spec);
            Set<String> there = broker.existing(wanted);
            missing = wanted.stream().filter(each -> !there.contains(each)).toList();
            if (!missing.isEmpty()) {
                problems.add("topics are missing: " + String.join(", ", missing)
                        + "; tributary topics check says what to do");
            }
            learns = isLearning(broker);
            waitingEvents =
                    waiting(broker, spec.scoringGroup(), Stream.of(spec.events().topic()), there);
            // Each partition may end with one, which nobody reads.
            endsOfTransactions = broker.partitions(spec.events().topic()).orElse(0);
            waitingLearning = waiting(
                    broker,
                    spec.learningGroup(),
                    Stream.of(
                            spec.topics().predictions(),
                            spec.outcomes().topic(),
                            spec.topics().feedback()),
                    there);
            if (isRegistry) {
                emitted = emitted();
            }
            judge();
        } catch (UserError e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** Whoever may not look at groups still learns whether it answers. */
    private boolean isLearning(Broker broker) {
        try {
            return broker.learningPlaneRuns();
        } catch (UserError e) {
            requireRefused(e);
            mayAskForGroups = false;
            return isAnswered;
        }
    }

    private long waiting(Broker broker, String group, Stream<String> topics, Collection<String> there) {
        List<String> read = topics.filter(there::contains).toList();
        try {
            return read.isEmpty() ? -1 : broker.waiting(group, read);
        } catch (UserError e) {
            requireRefused(e);
            return -1;
        }
    }

    /** What one may not look at is a problem, and the rest can be looked at; without a broker nothing can. */
    private void requireRefused(UserError e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
            throw e;
        }
        problems.add(String.valueOf(e.getMessage()));
    }

    private Standing.@Nullable Emissions emitted() {
        Sightings seen = new Sightings(spec, nowMillis, nowMillis - lettersOf.toMillis());
        try {
            Glance.at(spec, registry, seen, new Reach(lettersOf, LEAST, MOST, false), nowMillis, PATIENCE);
        } catch (KafkaException | RegistryException e) {
            problems.add("the topics cannot be read: " + e.getMessage());
            return null;
        }
        return new Standing.Emissions(
                seen.newest(),
                seen.weights(),
                seen.published(),
                lettersOf,
                seen.letters(),
                seen.newestLetter(),
                seen.live());
    }

    private void judge() {
        if (!learns && mayAskForGroups) {
            problems.add(
                    "no learning plane of " + spec.ensemble() + " runs, so no label teaches anything; start it with"
                            + " tributary run, or run --only learning beside a job");
        }
        if (emitted == null) {
            return;
        }
        Prediction newest = emitted.newest();
        long since = newest == null ? Long.MAX_VALUE : nowMillis - newest.processingTimeMillis();
        boolean isMissed = since > MISSED_MILLIS;
        if (isMissed && waitingEvents > 0 && waitingEvents <= endsOfTransactions) {
            notes.add(
                    TextTable.count(waitingEvents) + " records of "
                            + spec.events().topic()
                            + " are not read; each is an event that waits, or the end of a transaction, which never counts as read");
        } else if (isMissed && waitingEvents > endsOfTransactions) {
            problems.add(TextTable.count(waitingEvents) + " events wait on "
                    + spec.events().topic()
                    + (newest == null
                            ? " and none has been scored"
                            : ", and the newest prediction is " + TimeText.span(since) + " old")
                    + "; does the scoring plane run? Start it with tributary run or submit");
        }
        JsonNode health = emitted.live().path("health");
        int bad = health.path("bad").asInt();
        for (JsonNode reason : health.path("reasons")) {
            (bad-- > 0 ? problems : notes).add(reason.asText());
        }
        Integer published = emitted.published();
        if (published != null && published > spec.version()) {
            notes.add("version " + published + " was published and goes on in place of version " + spec.version()
                    + " in " + spec.file());
        }
    }

    private Standing standing() {
        if (learns && !isAnswered) {
            notes.add("the learning plane does not answer at " + learningUrl
                    + ", so nothing can be explained from here; --learning says where it does");
        }
        return new Standing(
                spec,
                nowMillis,
                isBroker,
                isRegistry,
                missing,
                waitingEvents,
                new Standing.Learning(learns, learningUrl, isAnswered, waitingLearning),
                emitted,
                List.copyOf(problems),
                List.copyOf(notes));
    }
}
